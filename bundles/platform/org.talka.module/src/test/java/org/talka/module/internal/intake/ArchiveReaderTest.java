/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class ArchiveReaderTest {
  private final ArchiveReader reader =
      new ArchiveReader(new ArchiveLimits(1024 * 1024, 50, 20, 64 * 1024, 32 * 1024));

  private String refusal(byte[] archive) {
    DomainException refused =
        assertThrows(DomainException.class, () -> reader.read("m.jar", archive));
    assertEquals(ErrorKind.INVALID, refused.kind());
    String key = refused.fieldErrors().get(0).message().key();
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Test
  void readsASoundModuleWithoutRunningIt() {
    byte[] jar =
        TestJar.module("problem")
            .entry("TALKA-INF/i18n/en.json", "{\"module.problem.title\":\"Problems\"}")
            .entry("TALKA-INF/i18n/lv.json", "{\"module.problem.title\":\"Problēmas\"}")
            .entry(
                "META-INF/db/changelog.xml",
                "<databaseChangeLog><changeSet id=\"1-a\" author=\"x\">"
                    + "<comment>Tables</comment></changeSet></databaseChangeLog>")
            .entry(
                "OSGI-INF/app.xml",
                "<scr:component><property name=\"osgi.jakartars.application.base\""
                    + " type=\"String\" value=\"problem\"/></scr:component>")
            .bytes();
    ModuleArchive archive = reader.read("dir/problem 1.jar", jar);
    assertEquals("problem", archive.id());
    assertEquals("1.2.3", archive.version());
    assertEquals("problem 1.jar", archive.artifact().name());
    assertEquals("Problēmas", archive.titles().get("lv"));
    assertEquals("Problems", archive.word("module.problem.title", Locale.GERMAN, "?"));
    assertEquals(List.of("problem"), archive.restBases());
    assertEquals("Tables", archive.changeSets().get("1-a"));
    assertEquals(64, archive.digest().length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Fragment-Host|org.talka.api|fragment",
        "DynamicImport-Package|*|dynamic",
        "Require-Bundle|org.talka.ticket|requireBundle",
        "Import-Package|org.foo;resolution:=optional|optional",
        "Export-Package|org.talka.problem.internal|export",
        "Export-Package|org.talka.api.ticket;version=9|export",
        "Talka-Module|other;title=x|id",
        "Talka-Module||header",
        "Bundle-SymbolicName||manifest",
        "Bundle-Version|abc|version",
        "Import-Package|org.foo;version=\"1|manifest",
      })
  void refusesAManifestThatCouldDisturbOthers(String header, String value, String reason) {
    assertEquals(reason, refusal(TestJar.module("problem").header(header, value).bytes()));
  }

  @Test
  void letsAModuleExportItsApi() {
    byte[] jar =
        TestJar.module("problem").header("Export-Package", "org.talka.problem.api").bytes();
    assertEquals("problem", reader.read("m.jar", jar).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../b", "/etc/passwd", "C:/x", "a\\b", "./a", "a\u0001b"})
  void refusesPathsThatLeadOut(String path) {
    assertEquals("path", refusal(TestJar.module("problem").entry(path, "x").bytes()));
  }

  @Test
  void refusesEntriesThatDifferOnlyByCase() {
    byte[] jar = TestJar.module("problem").entry("a/B.txt", "x").entry("A/b.txt", "y").bytes();
    assertEquals("twice", refusal(jar));
  }

  @Test
  void refusesAnArchiveThatExplodes() {
    byte[] jar = TestJar.module("problem").entry("zero", new byte[3 * 1024 * 1024]).bytes();
    assertTrue(jar.length < 64 * 1024);
    assertEquals("bomb", refusal(jar));
  }

  @Test
  void refusesMoreDescriptionThanItWouldHoldInMemory() {
    String much = " ".repeat(20 * 1024);
    assertEquals(
        "bomb",
        refusal(
            TestJar.module("problem")
                .entry("OSGI-INF/a.xml", much)
                .entry("OSGI-INF/b.xml", much)
                .bytes()));
    assertEquals(
        "problem",
        reader.read("p.jar", TestJar.module("problem").entry("code", much + much).bytes()).id());
  }

  @Test
  void refusesDatabaseChangesToTablesOfOthers() {
    for (String change :
        List.of(
            "<createTable tableName=\"problem_x\"/><dropTable tableName=\"tkt_ticket\"/>",
            "<addColumn tableName = 'sec_person'/>",
            "<renameTable oldTableName=\"problem_x\" newTableName=\"problems\"/>")) {
      assertEquals("table", refusal(withChange(change)), change);
    }
    assertEquals(
        "problem", reader.read("p.jar", withChange("<createTable tableName=\"problem_x\"/>")).id());
  }

  private static byte[] withChange(String change) {
    return TestJar.module("problem")
        .entry(
            "META-INF/db/changelog.xml",
            "<databaseChangeLog><changeSet id=\"1-a\" author=\"x\">"
                + change
                + "</changeSet></databaseChangeLog>")
        .bytes();
  }

  @Test
  void refusesTooManyEntries() {
    TestJar jar = TestJar.module("problem");
    for (int i = 0; i < 51; i++) {
      jar.entry("e" + i, "x");
    }
    assertEquals("entries", refusal(jar.bytes()));
  }

  @Test
  void refusesWhatIsTooLargeOrNoArchive() {
    DomainException large =
        assertThrows(DomainException.class, () -> reader.read("m.jar", new byte[1024 * 1024 + 1]));
    assertEquals(ErrorKind.TOO_LARGE, large.kind());
    assertEquals("zip", refusal("nonsense".getBytes(StandardCharsets.UTF_8)));
    byte[] whole = TestJar.module("problem").bytes();
    assertEquals("zip", refusal(Arrays.copyOf(whole, whole.length / 2)));
  }

  @Test
  void refusesAModuleWithoutOrWithAWrongDescriptor() {
    assertEquals(
        "noDescriptor",
        refusal(TestJar.module("problem").without("TALKA-INF/module.json").bytes()));
    assertEquals(
        "descriptor",
        refusal(TestJar.module("problem").entry("TALKA-INF/module.json", "{").bytes()));
    assertEquals(
        "prefix",
        refusal(
            TestJar.module("problem")
                .entry(
                    "TALKA-INF/module.json",
                    "{\"id\":\"problem\",\"permissions\":[{\"key\":\"ticket:all\"}]}")
                .bytes()));
  }

  @Test
  void refusesRestPathsThatAreNotTheModules() {
    String component = "<property name=\"osgi.jakartars.%s\" type=\"String\" value=\"%s\"/>";
    assertEquals(
        "rest",
        refusal(
            TestJar.module("problem")
                .entry("OSGI-INF/a.xml", component.formatted("application.base", "/tickets"))
                .bytes()));
    assertEquals(
        "application",
        refusal(
            TestJar.module("problem")
                .entry(
                    "OSGI-INF/a.xml",
                    component.formatted("application.select", "(osgi.jakartars.name=talka.core)"))
                .bytes()));
  }

  @Test
  void refusesArchivesOfSeveralBundlesWithAReason() {
    DomainException refused =
        assertThrows(DomainException.class, () -> reader.read("x.kar", new byte[10]));
    assertEquals("error.module.archive.kar", refused.fieldErrors().get(0).message().key());
  }
}
