/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.time;

import java.time.Instant;

/**
 * A moment with a name: what everything was then is in the history already, so that a baseline
 * costs nothing and can't differ from it.
 */
public record Baseline(long id, String name, Instant at, String by) {}
