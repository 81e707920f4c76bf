/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.talka.module.internal.depend.Offers;
import org.talka.module.internal.depend.Requirements.Missing;
import org.talka.module.internal.depend.Wiring;
import org.talka.module.internal.intake.ArchiveLimits;
import org.talka.module.internal.intake.ArchiveReader;
import org.talka.module.internal.intake.ManifestClause;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.intake.TestJar;

class UpgradeCheckTest {
  private static ModuleArchive module(String id, String... headers) {
    TestJar jar =
        TestJar.module(id)
            .header(
                "Provide-Capability", "talka.module;talka.module=" + id + ";version:Version=1.0.0");
    for (int i = 0; i < headers.length; i += 2) {
      jar.header(headers[i], headers[i + 1]);
    }
    return new ArchiveReader(ArchiveLimits.STANDARD).read(id + ".jar", jar.bytes());
  }

  private static Offers desk(String exports) {
    return new Offers.Manifests()
        .add(
            ManifestClause.parse(exports),
            ManifestClause.parse("talka.platform;talka.platform=talka;version:Version=1.2"));
  }

  private static Map<String, String> problems(Offers desk, ModuleArchive... modules) {
    Map<String, Wiring> installed = new TreeMap<>();
    for (ModuleArchive module : modules) {
      installed.put(module.id(), Wiring.of(module));
    }
    Map<String, String> said = new TreeMap<>();
    UpgradeCheck.problems(installed, desk)
        .forEach(
            (module, missing) ->
                said.put(
                    module,
                    missing.stream()
                        .map(Missing::what)
                        .map(text -> text.key() + " " + new TreeMap<>(text.args()))
                        .collect(Collectors.joining("; "))));
    return said;
  }

  private static final String[] USES_TICKETS = {
    "Import-Package", "org.talka.api.ticket;version=\"[1.2,2)\""
  };

  @Test
  void namesThePackageAndWhatThereIsInstead() {
    assertEquals(
        Map.of(),
        problems(desk("org.talka.api.ticket;version=1.4"), module("alpha", USES_TICKETS)));
    assertEquals(
        Map.of(
            "alpha",
            "module.blocker.packageVersion {offered=2.0.0, package=org.talka.api.ticket,"
                + " version=[1.2.0,2.0.0)}"),
        problems(desk("org.talka.api.ticket;version=2.0"), module("alpha", USES_TICKETS)));
    assertEquals(
        Map.of(
            "alpha",
            "module.blocker.package {package=org.talka.api.ticket, version=[1.2.0,2.0.0)}"),
        problems(desk("org.talka.api.text;version=1.0"), module("alpha", USES_TICKETS)));
  }

  @Test
  void namesThePlatformThatIsTooOld() {
    Map<String, String> problems =
        problems(
            desk(""),
            module(
                "alpha",
                "Require-Capability",
                "talka.platform;filter:=\"(&(talka.platform=talka)(version>=2))\""));
    assertEquals(List.of("alpha"), List.copyOf(problems.keySet()));
    assertEquals(
        Map.of(),
        problems(
            desk(""),
            module(
                "alpha",
                "Require-Capability",
                "talka.platform;filter:=\"(&(talka.platform=talka)(version>=1.1))\"")));
  }

  @Test
  void whatNeedsABrokenModuleIsBrokenToo() {
    String need = "talka.module;filter:=\"(&(talka.module=base)(version>=1)(!(version>=2)))\"";
    ModuleArchive user = module("user", "Require-Capability", need);
    assertEquals(Map.of(), problems(desk(""), module("base"), user));
    assertEquals(
        List.of("base", "user"),
        List.copyOf(problems(desk(""), module("base", USES_TICKETS), user).keySet()));
    assertEquals(Map.of("user", "module.blocker.module {module=base}"), problems(desk(""), user));
  }

  @Test
  void modulesGetAlongThatOfferEachOtherWhatTheyNeed() {
    ModuleArchive offering =
        module(
            "base",
            "Export-Package",
            "org.talka.base.api;version=1.1",
            "Bundle-SymbolicName",
            "org.talka.base");
    ModuleArchive using =
        module("user", "Import-Package", "org.talka.base.api;version=\"[1.1,2)\"");
    assertEquals(Map.of(), problems(desk(""), offering, using));
    assertEquals(List.of("user"), List.copyOf(problems(desk(""), using).keySet()));
  }
}
