/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/** A team's id, unique for ever. */
public record TeamId(long value) {}
