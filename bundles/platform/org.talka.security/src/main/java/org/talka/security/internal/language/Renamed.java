/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import java.time.Instant;

/** What is said instead of a word, and who decided so. */
public record Renamed(String text, long version, Instant changedAt, String changedBy) {}
