/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.unit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the database is and how much of it one server uses.
 *
 * @param url {@code jdbc:derby:…} or {@code jdbc:postgresql://…}
 * @param user may be empty
 * @param password may be empty
 * @param connections the most that are open at once
 * @param statementTimeout after which a statement is given up
 */
public record DatabaseSettings(
    String url, String user, String password, int connections, Duration statementTimeout) {
  /** Enough for a desk on one machine; PostgreSQL's own default allows 100 altogether. */
  public static final int CONNECTIONS = 20;

  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

  public DatabaseSettings {
    if (connections < 4) {
      throw new IllegalArgumentException(
          "connections: at least 4, so that a transaction can wait for a separate one");
    }
  }

  /** Embedded Derby in this folder, which is made when it does not exist. */
  public static DatabaseSettings derby(Path folder) {
    return of("jdbc:derby:" + folder, "", "");
  }

  public static DatabaseSettings of(String url, String user, String password) {
    return new DatabaseSettings(url, user, password, CONNECTIONS, STATEMENT_TIMEOUT);
  }

  @Override
  public String toString() {
    return "DatabaseSettings[" + url + ", " + connections + " connections]";
  }
}
