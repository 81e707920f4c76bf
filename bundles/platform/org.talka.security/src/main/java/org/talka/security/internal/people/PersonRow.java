/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.talka.api.security.OrganisationId;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;

/** A person's account as stored. */
@Entity
@Table(name = "sec_person")
public class PersonRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private Long id;

  @Column(name = "username")
  private String username;

  @Column(name = "display_name")
  private String displayName;

  /** The display name as it is searched: lower case. */
  @Column(name = "name_key")
  private String nameKey;

  @Column(name = "email")
  private String email;

  @Column(name = "email_key")
  private String emailKey;

  @Column(name = "password_hash")
  private String passwordHash;

  @Column(name = "organisation_id")
  private Long organisation;

  @Column(name = "language_tag")
  private String languageTag;

  @Column(name = "zone_id")
  private String zoneId;

  @Column(name = "enabled")
  private boolean enabled;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "password_at")
  private Instant passwordAt;

  @Version
  @Column(name = "version")
  private long version;

  protected PersonRow() {}

  PersonRow(String username, Instant createdAt) {
    this.username = username;
    this.createdAt = createdAt;
    this.enabled = true;
  }

  Long id() {
    return id;
  }

  String username() {
    return username;
  }

  String displayName() {
    return displayName;
  }

  void displayName(String displayName) {
    this.displayName = displayName;
    this.nameKey = displayName.toLowerCase(Locale.ROOT);
  }

  Optional<String> email() {
    return Optional.ofNullable(email);
  }

  void email(Optional<String> email) {
    this.email = email.orElse(null);
    this.emailKey = email.map(e -> e.toLowerCase(Locale.ROOT)).orElse(null);
  }

  Optional<Long> organisation() {
    return Optional.ofNullable(organisation);
  }

  void organisation(Optional<Long> organisation) {
    this.organisation = organisation.orElse(null);
  }

  Locale locale() {
    return Locale.forLanguageTag(languageTag);
  }

  void locale(Locale locale) {
    this.languageTag = locale.toLanguageTag();
  }

  ZoneId zone() {
    return ZoneId.of(zoneId);
  }

  void zone(ZoneId zone) {
    this.zoneId = zone.getId();
  }

  boolean enabled() {
    return enabled;
  }

  void enabled(boolean enabled) {
    this.enabled = enabled;
  }

  Instant createdAt() {
    return createdAt;
  }

  Optional<String> passwordHash() {
    return Optional.ofNullable(passwordHash);
  }

  /** The same password under another hash. */
  void rehashed(String phc) {
    this.passwordHash = phc;
  }

  void password(String phc, Instant at) {
    this.passwordHash = phc;
    this.passwordAt = at;
  }

  Person person() {
    return new Person(
        new PersonId(id),
        username,
        displayName,
        email(),
        organisation().map(OrganisationId::new),
        enabled);
  }
}
