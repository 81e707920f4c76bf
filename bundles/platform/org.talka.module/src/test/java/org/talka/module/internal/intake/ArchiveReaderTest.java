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
        "Export-Package|com.evil.problem.api|export",
        "Export-Package|org.talka.problems.api|export",
        "Import-Package|org.talka.module;version=\"[1,2)\"|import",
        "Import-Package|org.talka.gate|import",
        "Import-Package|org.talka.ticket.internal|import",
        "Bundle-NativeCode|lib/a.so;osname=Linux|native",
        "Require-Capability|osgi.wiring.package;filter:=\"(osgi.wiring.package=org.talka.gate)\"|require",
        "Require-Capability|osgi.wiring.bundle;filter:=\"(osgi.wiring.bundle=org.talka.ticket)\"|require",
        "Provide-Capability|talka.platform;talka.platform=talka|provide",
        "Provide-Capability|talka.module;talka.module=change|provide",
        "Provide-Capability|osgi.extender;osgi.extender=osgi.component|provide",
        "Service-Component|hidden/a.xml|component",
        "Service-Component|*/a.xml|component",
        "Talka-Module|other;title=x|id",
        "Talka-Module||header",
        "Bundle-SymbolicName||manifest",
        "Bundle-Version|abc|version",
        "Import-Package|org.foo;version=\"1|manifest",
      })
  void refusesAManifestThatCouldDisturbOthers(String header, String value, String reason) {
    assertEquals(reason, refusal(TestJar.module("problem").header(header, value).bytes()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Export-Package|org.talka.problem.api;version=1.0",
        "Export-Package|org.talka.problem.api.event;version=1.0",
        "Import-Package|org.talka.api.ticket;version=\"[1.0,2)\",org.talka.change.api",
        "Provide-Capability|talka.module;talka.module=problem,osgi.service;objectClass=x.Y",
        "Service-Component|OSGI-INF/*.xml",
      })
  void letsAModuleOfferAndNeedWhatIsItsOwnOrMeantForIt(String header, String value) {
    byte[] jar = TestJar.module("problem").header(header, value).bytes();
    assertEquals("problem", reader.read("m.jar", jar).id());
  }

  @Test
  void letsNobodyBelowTheDesksOwnNameExportTheDesksApi() {
    assertEquals(
        "export",
        refusal(
            TestJar.module("problem")
                .header("Bundle-SymbolicName", "org.talka")
                .header("Export-Package", "org.talka.api.ticket;version=9")
                .bytes()));
  }

  @Test
  void doesNotCountWhatItOffersItselfAsNeeded() {
    ModuleArchive archive =
        reader.read(
            "m.jar",
            TestJar.module("problem")
                .header("Export-Package", "org.talka.problem.api;version=1.0")
                .header("Import-Package", "org.talka.problem.api,org.talka.api.text")
                .bytes());
    assertEquals(
        List.of("org.talka.api.text"),
        archive.imports().stream().flatMap(clause -> clause.paths().stream()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "META-INF/versions/9/OSGI-INF/MANIFEST.MF",
        "META-INF/versions/17/OSGI-INF/a.xml",
        "META-INF/versions/11/META-INF/persistence.xml",
        "META-INF/versions/11/TALKA-INF/module.json"
      })
  void refusesDescriptionsThatDifferByJavaVersion(String path) {
    assertEquals("versions", refusal(TestJar.module("problem").entry(path, "x").bytes()));
  }

  @Test
  void findsThePackagesOfItsClassesWhereverTheyAre() {
    byte[] library =
        TestJar.module("library").entry("com/lib/A.class", "x").entry("notes.txt", "x").bytes();
    ModuleArchive archive =
        reader.read(
            "m.jar",
            TestJar.module("problem")
                .header("Bundle-ClassPath", ".,lib/library.jar,classes")
                .entry("org/talka/problem/P.class", "x")
                .entry("classes/com/other/O.class", "x")
                .entry("META-INF/versions/9/org/talka/nine/N.class", "x")
                .entry("lib/library.jar", library)
                .bytes());
    assertTrue(
        archive
            .packages()
            .containsAll(List.of("org.talka.problem", "com.other", "org.talka.nine", "com.lib")),
        archive.packages()::toString);
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

  @Test
  void readsAChangelogAsTheParserDoesWhateverItsEncoding() {
    String change =
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><databaseChangeLog><changeSet id=\"1\">"
            + "<dropTable tableName=\"tkt_ticket\"/></changeSet></databaseChangeLog>";
    assertEquals("table", refusal(withChangelog(change.getBytes(StandardCharsets.UTF_16))));
    String entity = "<dropTable tableName=\"&#116;kt_ticket\"/>";
    assertEquals("table", refusal(withChange(entity)));
    String type = "<!DOCTYPE x [<!ENTITY t \"tkt_ticket\">]><databaseChangeLog/>";
    assertEquals("xml", refusal(withChangelog(type.getBytes(StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<addForeignKeyConstraint baseTableName=\"problem_x\" referencedTableName=\"tkt_ticket\"/>",
        "<dropIndex tableName=\"problem_x\" indexName=\"tkt_ticket_key\"/>",
        "<dropSequence sequenceName=\"tkt_number\"/>",
        "<sql>DROP TABLE tkt_ticket</sql>",
        "<sql><![CDATA[delete from tkt_ticket]]></sql>",
        "<sql>UPDATE problem_x SET a = 1</sql><rollback>DELETE FROM sec_person</rollback>",
      })
  void refusesOthersTablesHoweverTheyAreNamed(String change) {
    assertEquals("table", refusal(withChange(change)));
  }

  @Test
  void refusesSqlThatDoesMoreThanChangeItsOwnTables() {
    assertEquals("sql", refusal(withChange("<sql>GRANT ALL ON problem_x TO PUBLIC</sql>")));
  }

  private static byte[] withChangelog(byte[] changelog) {
    return TestJar.module("problem").entry("META-INF/db/changelog.xml", changelog).bytes();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<persistence-unit name='ticket'><class>a.B</class></persistence-unit>|unit",
        "<persistence-unit name='problem'/><persistence-unit name='x'/>|unit",
        "''|unit",
        "<persistence-unit name='problem'><class>org.talka.ticket.T</class></persistence-unit>|entity",
        "<persistence-unit name='problem'><jar-file>x</jar-file></persistence-unit>|unitElement",
      })
  void refusesAPersistenceUnitThatIsNotItsOwn(String unit, String reason) {
    assertEquals(reason, refusal(withUnit(unit)));
  }

  @Test
  void takesAPersistenceUnitUnderItsOwnId() {
    String unit = "<persistence-unit name='problem'><class>a.B</class></persistence-unit>";
    assertEquals("problem", reader.read("m.jar", withUnit(unit)).id());
  }

  private static byte[] withUnit(String unit) {
    return TestJar.module("problem")
        .entry("a/B.class", "x")
        .entry("META-INF/persistence.xml", "<persistence>" + unit + "</persistence>")
        .bytes();
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
  void readsTheValueOfAComponentPropertyWhereverItStands() {
    String property =
        "<c><property name=\"osgi.jakartars.application.%s\" type=\"String\">%s</property></c>";
    assertEquals(
        "rest",
        refusal(
            TestJar.module("problem")
                .entry("OSGI-INF/a.xml", property.formatted("base", "\ntickets\n"))
                .bytes()));
    assertEquals(
        "application",
        refusal(
            TestJar.module("problem")
                .entry(
                    "OSGI-INF/a.xml",
                    property.formatted("select", "(|(a=talka.core)(osgi.jakartars.name=problem))"))
                .bytes()));
    assertEquals(
        "properties",
        refusal(
            TestJar.module("problem")
                .entry("OSGI-INF/a.xml", "<c><properties entry=\"OSGI-INF/a.properties\"/></c>")
                .bytes()));
  }
}
