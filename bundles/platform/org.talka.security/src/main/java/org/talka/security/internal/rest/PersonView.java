/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.talka.api.security.Person;
import org.talka.security.internal.people.Directory;
import org.talka.security.internal.people.Profile;

/** A person as clients get them. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PersonView(
    long id,
    String username,
    String displayName,
    String email,
    boolean active,
    List<String> roles,
    List<TeamView> teams,
    OrganisationView organisation,
    String locale,
    String zone,
    Instant createdAt) {
  static PersonView of(Profile profile, Directory directory) {
    Person person = profile.person();
    return new PersonView(
        person.id().value(),
        person.username(),
        person.displayName(),
        person.email().orElse(null),
        person.active(),
        List.copyOf(new TreeSet<>(profile.roles())),
        teams(profile, directory),
        person
            .organisation()
            .flatMap(directory::organisation)
            .map(OrganisationView::of)
            .orElse(null),
        profile.locale().toLanguageTag(),
        profile.zone().getId(),
        profile.createdAt());
  }

  static List<TeamView> teams(Profile profile, Directory directory) {
    return profile.teams().stream()
        .flatMap(id -> directory.team(id).stream())
        .map(TeamView::of)
        .sorted(java.util.Comparator.comparing(TeamView::key))
        .toList();
  }
}
