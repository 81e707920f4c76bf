/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.security.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** How the desk looks is kept, and nobody overwrites what they did not see. */
@PersistenceTest(units = "security")
class LooksTest {
  private Desk desk;
  private Looks looks;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
    looks = new Looks(desk.database, desk.transactions, desk.settings, desk.audit);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private static Looks.Change accent(String colour) {
    return new Looks.Change(
        Optional.empty(), Optional.of(Optional.of(colour)), Optional.empty(), Optional.empty());
  }

  private static byte[] png(int size) {
    byte[] start = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(start, size);
  }

  @Test
  void keepsNameColourAndWord() {
    Look before = looks.current();
    assertEquals("", before.css());
    Looks.Term own = new Looks.Term(Optional.of("own"), Map.of("en", "Hive", "lv", "Strops"));
    Look after =
        looks.change(
            before.version(),
            new Looks.Change(
                Optional.of("Acme"),
                Optional.of(Optional.of("#aa0033")),
                Optional.of(own),
                Optional.empty()));
    assertEquals(after, looks.current());
    assertEquals("Acme", after.name());
    assertEquals(Map.of("en", "Hive", "lv", "Strops"), after.terms());
    assertTrue(after.css().contains("--accent: light-dark(#aa0033, "));
    assertNotEquals(before.version(), after.version());
    assertEquals(
        "appearance.changed",
        desk.auditReader
            .before(Long.MAX_VALUE, Optional.empty(), Optional.empty(), 1)
            .get(0)
            .action());
  }

  @Test
  void refusesAChangeOfWhatWasNotSeen() {
    String seen = looks.current().version();
    looks.change(seen, accent("#aa0033"));
    DomainException stale =
        assertThrows(DomainException.class, () -> looks.change(seen, accent("#0033aa")));
    assertEquals(ErrorKind.STALE, stale.kind());
    assertEquals(Optional.of("#aa0033"), looks.current().accent());
  }

  @Test
  void keepsOneLogoAndServesWhatWasStored() {
    byte[] first = png(100);
    Look one = looks.logo(looks.current().version(), first);
    assertEquals("image/png", one.logo().orElseThrow().mediaType());
    String hash = one.logo().orElseThrow().hash();
    assertArrayEquals(first, looks.picture(hash).orElseThrow().bytes());
    Look two = looks.logo(one.version(), png(Looks.MAX_LOGO));
    Looks fresh = new Looks(desk.database, desk.transactions, desk.settings, desk.audit);
    assertTrue(fresh.picture(hash).isEmpty());
    assertEquals(
        Looks.MAX_LOGO,
        fresh.picture(two.logo().orElseThrow().hash()).orElseThrow().bytes().length);
    assertTrue(looks.removeLogo(two.version()).logo().isEmpty());
  }

  @Test
  void takesNoDocumentForAPictureAndNoneThatIsTooLarge() {
    String seen = looks.current().version();
    byte[] svg =
        "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
            .getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : new byte[][] {svg, {}, png(Looks.MAX_LOGO + 1)}) {
      DomainException refused = assertThrows(DomainException.class, () -> looks.logo(seen, bytes));
      assertEquals("logo", refused.fieldErrors().get(0).field());
    }
    assertTrue(looks.current().logo().isEmpty());
  }

  @Test
  void thePortalIsClosedUntilSomebodyOpensItAndThatIsRemembered() {
    assertFalse(looks.open());
    Look before = looks.current();
    Look open = looks.change(before.version(), portal(true));
    assertTrue(looks.open());
    assertTrue(open.portal());
    assertNotEquals(before.version(), open.version());
    assertTrue(new Looks(desk.database, desk.transactions, desk.settings, desk.audit).open());
    // said again it is no change, and in no audit
    looks.change(open.version(), portal(true));
    looks.change(open.version(), portal(false));
    assertFalse(looks.open());
    assertEquals(
        List.of("portal.closed", "portal.opened"),
        desk.auditReader.before(Long.MAX_VALUE, Optional.empty(), Optional.empty(), 10).stream()
            .map(entry -> entry.action())
            .toList());
  }

  private static Looks.Change portal(boolean open) {
    return new Looks.Change(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(open));
  }
}
