/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import java.util.Optional;

/**
 * A person as others may see them.
 *
 * @param username the sign-in name
 * @param active false when the account was closed; old records still show the name
 */
public record Person(
    PersonId id,
    String username,
    String displayName,
    Optional<String> email,
    Optional<OrganisationId> organisation,
    boolean active) {}
