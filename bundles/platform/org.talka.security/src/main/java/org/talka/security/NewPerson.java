/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A person to be created.
 *
 * @param username 2 to 64 of {@code a-z 0-9 . _ @ -}; upper case is taken as lower case
 * @param password without one the person can't sign in until an administrator sets it
 * @param roles role keys
 * @param teams team keys
 * @param organisation an organisation's key
 */
public record NewPerson(
    String username,
    String displayName,
    Optional<String> email,
    Optional<String> password,
    Set<String> roles,
    Set<String> teams,
    Optional<String> organisation,
    Locale locale,
    ZoneId zone) {
  public NewPerson {
    roles = Set.copyOf(roles);
    teams = Set.copyOf(teams);
  }

  /** A requester who reads English, in UTC. */
  public static NewPerson of(String username, String displayName) {
    return new NewPerson(
        username,
        displayName,
        Optional.empty(),
        Optional.empty(),
        Set.of("requester"),
        Set.of(),
        Optional.empty(),
        Locale.ENGLISH,
        ZoneId.of("UTC"));
  }

  public NewPerson withEmail(String email) {
    return new NewPerson(
        username,
        displayName,
        Optional.of(email),
        password,
        roles,
        teams,
        organisation,
        locale,
        zone);
  }

  public NewPerson withPassword(String password) {
    return new NewPerson(
        username,
        displayName,
        email,
        Optional.of(password),
        roles,
        teams,
        organisation,
        locale,
        zone);
  }

  public NewPerson withRoles(Set<String> roles) {
    return new NewPerson(
        username, displayName, email, password, roles, teams, organisation, locale, zone);
  }

  public NewPerson withTeams(Set<String> teams) {
    return new NewPerson(
        username, displayName, email, password, roles, teams, organisation, locale, zone);
  }

  public NewPerson withOrganisation(String organisation) {
    return new NewPerson(
        username,
        displayName,
        email,
        password,
        roles,
        teams,
        Optional.of(organisation),
        locale,
        zone);
  }

  public NewPerson withLocale(Locale locale, ZoneId zone) {
    return new NewPerson(
        username, displayName, email, password, roles, teams, organisation, locale, zone);
  }

  /** Without the password, so that it is never logged. */
  @Override
  public String toString() {
    return "NewPerson[" + username + ", " + roles + "]";
  }
}
