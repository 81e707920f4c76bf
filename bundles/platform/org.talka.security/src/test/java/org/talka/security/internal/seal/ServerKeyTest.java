/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** The seal's key. */
@PersistenceTest(units = "security")
class ServerKeyTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void staysTheSameOverARestart() {
    String sealed = new HmacSeal(desk.database).seal("cursor", "42");
    assertEquals("42", new HmacSeal(desk.database).open("cursor", sealed));
  }
}
