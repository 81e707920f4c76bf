/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/** A person's id, unique for ever. */
public record PersonId(long value) {}
