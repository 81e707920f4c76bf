/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import org.talka.api.security.Team;

/** A team as clients get it. */
public record TeamView(long id, String key, String name) {
  static TeamView of(Team team) {
    return new TeamView(team.id().value(), team.key(), team.name());
  }
}
