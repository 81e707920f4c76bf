/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import org.talka.api.security.Organisation;

/** An organisation as clients get it. */
public record OrganisationView(long id, String key, String name) {
  static OrganisationView of(Organisation organisation) {
    return new OrganisationView(organisation.id().value(), organisation.key(), organisation.name());
  }
}
