/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is to change about a person; what is absent stays. Begin with {@link #NOTHING}.
 *
 * @param email an empty inner value removes it
 * @param roles all roles that the person has afterwards
 * @param teams all teams that the person belongs to afterwards
 * @param organisation an empty inner value removes it
 * @param active false closes the account
 */
public record PersonChange(
    Optional<String> displayName,
    Optional<Optional<String>> email,
    Optional<String> password,
    Optional<Set<String>> roles,
    Optional<Set<String>> teams,
    Optional<Optional<String>> organisation,
    Optional<Boolean> active,
    Optional<Locale> locale,
    Optional<ZoneId> zone) {
  public static final PersonChange NOTHING =
      new PersonChange(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public PersonChange withDisplayName(String value) {
    return new PersonChange(
        Optional.of(value), email, password, roles, teams, organisation, active, locale, zone);
  }

  public PersonChange withEmail(Optional<String> value) {
    return new PersonChange(
        displayName,
        Optional.of(value),
        password,
        roles,
        teams,
        organisation,
        active,
        locale,
        zone);
  }

  public PersonChange withPassword(String value) {
    return new PersonChange(
        displayName, email, Optional.of(value), roles, teams, organisation, active, locale, zone);
  }

  public PersonChange withRoles(Set<String> value) {
    return new PersonChange(
        displayName,
        email,
        password,
        Optional.of(value),
        teams,
        organisation,
        active,
        locale,
        zone);
  }

  public PersonChange withTeams(Set<String> value) {
    return new PersonChange(
        displayName,
        email,
        password,
        roles,
        Optional.of(value),
        organisation,
        active,
        locale,
        zone);
  }

  public PersonChange withOrganisation(Optional<String> value) {
    return new PersonChange(
        displayName, email, password, roles, teams, Optional.of(value), active, locale, zone);
  }

  public PersonChange withActive(Boolean value) {
    return new PersonChange(
        displayName, email, password, roles, teams, organisation, Optional.of(value), locale, zone);
  }

  public PersonChange withLocale(Locale value) {
    return new PersonChange(
        displayName, email, password, roles, teams, organisation, active, Optional.of(value), zone);
  }

  public PersonChange withZone(ZoneId value) {
    return new PersonChange(
        displayName,
        email,
        password,
        roles,
        teams,
        organisation,
        active,
        locale,
        Optional.of(value));
  }

  /** Without the password, so that it is never logged. */
  @Override
  public String toString() {
    return "PersonChange[" + displayName + ", " + roles + ", " + teams + ", " + active + "]";
  }
}
