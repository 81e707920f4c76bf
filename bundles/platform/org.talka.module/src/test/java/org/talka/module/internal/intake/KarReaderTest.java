/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;

class KarReaderTest {
  private final ArchiveReader reader = new ArchiveReader(ArchiveLimits.STANDARD);
  private final byte[] main =
      TestJar.module("change").header("Import-Package", "org.talka.change.api").bytes();
  private final byte[] api = api().bytes();

  private static TestJar api() {
    return TestJar.module("change")
        .header("Bundle-SymbolicName", "org.talka.change.api")
        .header("Export-Package", "org.talka.change.api;version=1.0")
        .entry("org/talka/change/api/C.class", "x")
        .without("TALKA-INF/module.json");
  }

  private static Map<String, byte[]> bundles(byte[] main, byte[] api) {
    Map<String, byte[]> bundles = new LinkedHashMap<>();
    bundles.put("change-api", api);
    bundles.put("change", main);
    return bundles;
  }

  private String refusal(TestJar kar) {
    DomainException refused =
        assertThrows(DomainException.class, () -> reader.read("m.kar", kar.bytes()));
    String key = refused.fieldErrors().get(0).message().key();
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Test
  void readsTheBundlesOfOneModuleMainOneFirst() {
    byte[] kar = TestJar.kar(bundles(main, api)).bytes();
    ModuleArchive archive = reader.read("change.kar", kar);
    assertEquals("change", archive.id());
    assertEquals("1.2.3", archive.version());
    assertEquals("change.kar", archive.artifact().name());
    assertEquals(ArchiveReader.digest(kar), archive.digest());
    assertEquals(
        List.of("org.talka.change", "org.talka.change.api"),
        archive.bundles().stream().map(ModuleBundle::symbolicName).toList());
    assertArrayEquals(main, archive.bundles().get(0).content());
    assertEquals(List.of(), archive.imports(), "the other bundle in it has that");
    assertArrayEquals(main, reader.mainBundle(kar));
    assertArrayEquals(main, reader.mainBundle(main), "a JAR is an archive of one bundle");
  }

  @Test
  void knowsAKarByItsContentNotByItsName() {
    byte[] kar = TestJar.kar(Map.of("change", main)).bytes();
    ModuleArchive archive = reader.read("stored.jar", kar);
    assertEquals(1, archive.bundles().size());
    assertEquals("stored.kar", archive.artifact().name(), "so that others know as well");
  }

  @Test
  void refusesWhatWouldChangeTheServersOwnFiles() {
    assertEquals(
        "karEntry",
        refusal(TestJar.kar(bundles(main, api)).entry("resources/etc/org.talka.cfg", "x")));
    for (String element : List.of("config name='a'", "configfile", "library")) {
      String name = element.split(" ")[0];
      assertEquals(
          "karConfig",
          refusal(
              TestJar.kar(bundles(main, api))
                  .entry(
                      "repository/b/features.xml",
                      "<features><feature><" + element + ">x</" + name + "></feature></features>")),
          element);
    }
  }

  @Test
  void refusesFeaturesThatNameMoreOrLessThanItHolds() {
    assertEquals(
        "karBundle", refusal(TestJar.kar(bundles(main, api)).without(TestJar.path("change-api"))));
    assertEquals(
        "karUnnamed", refusal(TestJar.kar(bundles(main, api)).entry("repository/x.jar", api)));
    String outside = "<features><feature><bundle>%s</bundle></feature></features>";
    for (String address :
        List.of("http://evil.example/x.jar", "file:/etc/x.jar", "wrap:mvn:a/b/1", "mvn:a/b/1")) {
      assertEquals(
          "karBundle",
          refusal(
              TestJar.kar(bundles(main, api))
                  .entry("repository/b/features.xml", outside.formatted(address))),
          address);
    }
    assertEquals(
        "kar",
        refusal(
            TestJar.kar(bundles(main, api))
                .without("repository/com/example/f/1.0/f-1.0-features.xml")));
  }

  @Test
  void refusesBundlesThatAreNoModuleOrOfSeveral() {
    assertEquals("karMain", refusal(TestJar.kar(bundles(api, api))));
    assertEquals("karMain", refusal(TestJar.kar(bundles(main, main))));
    assertEquals(
        "karModule",
        refusal(
            TestJar.kar(bundles(main, api().header("Talka-Module", "problem;title=x").bytes()))));
    assertEquals(
        "header", refusal(TestJar.kar(bundles(main, api().header("Talka-Module", null).bytes()))));
    assertEquals(
        "karTwice",
        refusal(
            TestJar.kar(
                bundles(main, api().header("Bundle-SymbolicName", "org.talka.change").bytes()))));
  }

  @Test
  void holdsAnAccompanyingBundleToTheSameRules() {
    assertEquals(
        "dynamic",
        refusal(TestJar.kar(bundles(main, api().header("DynamicImport-Package", "*").bytes()))));
    assertEquals(
        "karApi",
        refusal(
            TestJar.kar(
                bundles(main, api().entry("META-INF/persistence.xml", "<persistence/>").bytes()))));
    assertEquals("path", refusal(TestJar.kar(bundles(main, api().entry("../evil", "x").bytes()))));
  }
}
