/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

/** An organisation that people belong to. */
public record Organisation(OrganisationId id, String key, String name) {}
