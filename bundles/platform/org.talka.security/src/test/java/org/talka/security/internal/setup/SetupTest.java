/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;
import org.talka.security.internal.Desk;
import org.talka.security.internal.Ticking;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

/** The first start. */
@PersistenceTest(units = "security")
class SetupTest {
  private Desk desk;

  @BeforeEach
  void open(TestDatabase database) {
    desk = new Desk(database);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private final Ticking clock = new Ticking();

  private Setup setup() {
    return new Setup(
        desk.settings,
        desk.setupState,
        desk.people,
        desk.transactions,
        desk.callers,
        desk.audit,
        clock);
  }

  private static Setup.Answers answers(String password) {
    return new Setup.Answers(
        "Acme", "boss", "The Boss", Optional.of("boss@example.org"), password, new Locale("lv"));
  }

  @Test
  void isNeededUntilTheFirstAdministratorExists() {
    assertTrue(desk.setupState.needed());
    Setup setup = setup();
    setup.withLink(setup.renewToken(), answers(Desk.PASSWORD));
    assertFalse(desk.setupState.needed());
    assertFalse(new SetupState(desk.settings, desk.transactions).needed(), "after a restart too");
    desk.signIn("boss");
    Caller boss = desk.directory.caller(desk.directory.id("boss").orElseThrow()).orElseThrow();
    assertEquals(Set.of("admin"), boss.roles());
    assertEquals("lv", boss.locale().toLanguageTag());
    assertEquals(Optional.of("Acme"), desk.settings.get(Settings.ORGANISATION));
  }

  @Test
  void worksOnlyOnceAndOnlyWithTheLatestToken() {
    Setup setup = setup();
    String first = setup.renewToken();
    String second = setup.renewToken();
    assertEquals(ErrorKind.FORBIDDEN, refusal(setup, first).kind());
    assertEquals(ErrorKind.FORBIDDEN, refusal(setup, "").kind());
    assertEquals(ErrorKind.FORBIDDEN, refusal(setup, "x".repeat(10_000)).kind());
    setup.withLink(second, answers(Desk.PASSWORD));
    assertEquals(ErrorKind.CONFLICT, refusal(setup, second).kind());
  }

  @Test
  void expiresAfterADay() {
    Setup setup = setup();
    String token = setup.renewToken();
    clock.pass(Duration.ofHours(24));
    assertEquals(ErrorKind.FORBIDDEN, refusal(setup, token).kind());
  }

  @Test
  void keepsTheTokenWhenTheAnswersAreWrong() {
    Setup setup = setup();
    String token = setup.renewToken();
    DomainException refused =
        assertThrows(DomainException.class, () -> setup.withLink(token, answers("short")));
    assertEquals(ErrorKind.INVALID, refused.kind());
    assertTrue(desk.setupState.needed());
    setup.withLink(token, answers(Desk.PASSWORD));
    assertFalse(desk.setupState.needed());
  }

  @Test
  void storesNoToken(TestDatabase database) throws SQLException {
    String token = setup().renewToken();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select content from sec_setting")) {
      assertTrue(row.next());
      assertFalse(row.getString(1).contains(token));
    }
  }

  @Test
  void givesAdminTheOperatorsPasswordEvenAWeakOne() {
    assertEquals(
        Optional.of("error.password.tooShort"), setup().withPassword("secret").map(Text::key));
    assertFalse(desk.setupState.needed());
    desk.signIn.signIn("admin", "secret", "192.0.2.1", "test", Optional.empty());
  }

  @Test
  void writesALinkThatOnlyTheOwnerReadsAndRemovesItAfterUse(@TempDir Path data) throws IOException {
    Setup setup = setup();
    start(setup, data, "", Optional.empty());
    Path file = data.resolve("setup-link.txt");
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    String link = Files.readString(file).strip();
    assertTrue(link.startsWith("http://127.0.0.1:9090/setup?token="), link);
    setup.withLink(link.substring(link.indexOf('=') + 1), answers(Desk.PASSWORD));
    assertFalse(Files.exists(file));
  }

  @Test
  void renewsTheLinkAtEveryStartUntilItIsUsed(@TempDir Path data) throws IOException {
    Setup setup = setup();
    start(setup, data, "", Optional.empty());
    String first = Files.readString(data.resolve("setup-link.txt"));
    start(setup, data, "", Optional.empty());
    assertNotEquals(first, Files.readString(data.resolve("setup-link.txt")));
  }

  @Test
  void writesNoLinkWhenThereIsAPassword(@TempDir Path data) {
    start(setup(), data, "", Optional.of(Desk.PASSWORD));
    assertFalse(Files.exists(data.resolve("setup-link.txt")));
    desk.signIn("admin");
  }

  @Test
  void ignoresThePasswordAtLaterStarts(@TempDir Path data) {
    start(setup(), data, Desk.PASSWORD, Optional.empty());
    start(setup(), data, "another password", Optional.empty());
    desk.signIn("admin");
  }

  private void start(
      Setup setup, Path data, String adminPassword, Optional<String> environmentPassword) {
    new FirstStart(
        setup,
        desk.setupState,
        configuration(adminPassword),
        Optional.of(data),
        environmentPassword);
  }

  private static FirstStart.Configuration configuration(String adminPassword) {
    return new FirstStart.Configuration() {
      @Override
      public String adminPassword() {
        return adminPassword;
      }

      @Override
      public String data() {
        return "";
      }

      @Override
      public String baseUrl() {
        return "";
      }

      @Override
      public String org_apache_felix_http_host() {
        return "127.0.0.1";
      }

      @Override
      public String org_osgi_service_http_port() {
        return "9090";
      }

      @Override
      public Class<? extends java.lang.annotation.Annotation> annotationType() {
        return FirstStart.Configuration.class;
      }
    };
  }

  private static DomainException refusal(Setup setup, String token) {
    return assertThrows(DomainException.class, () -> setup.withLink(token, answers(Desk.PASSWORD)));
  }
}
