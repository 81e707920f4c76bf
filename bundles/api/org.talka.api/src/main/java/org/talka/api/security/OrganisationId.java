/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/** An organisation's id, unique for ever. */
public record OrganisationId(long value) {}
