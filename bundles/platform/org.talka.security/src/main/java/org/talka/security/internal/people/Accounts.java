/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;

/** What signing in needs to know of a person: the only reader of password hashes. */
@Component(service = Accounts.class)
public class Accounts {
  private static final int MAX_NAME = 64;

  private final Database database;

  @Activate
  public Accounts(@Reference(target = "(talka.unit=security)") Database database) {
    this.database = database;
  }

  /**
   * @param phc absent when the person has no password
   */
  public record Login(PersonId person, Optional<String> phc) {}

  /** The name as it is stored, never longer than one that can exist. */
  public static String canonical(String username) {
    String name = username.strip().toLowerCase(Locale.ROOT);
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }

  /** The open account of that name. */
  public Optional<Login> login(String canonicalName) {
    if (!PersonRules.USERNAME.matcher(canonicalName).matches()) {
      return Optional.empty();
    }
    return database.read(
        em ->
            Rows.person(em, canonicalName)
                .filter(PersonRow::enabled)
                .map(row -> new Login(new PersonId(row.id()), row.passwordHash())));
  }

  /** Stores the same password under newer parameters. */
  public void rehashed(PersonId person, String phc) {
    database.write(
        em -> {
          em.find(PersonRow.class, person.value()).rehashed(phc);
          return null;
        });
  }
}
