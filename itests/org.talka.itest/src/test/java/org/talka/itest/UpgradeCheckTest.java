/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whether modules would get along with another version of the desk, found out beforehand. */
@ExtendWith(SharedTalka.class)
class UpgradeCheckTest {
  private static final String ID = "upgraded";

  private final Api admin;

  UpgradeCheckTest(RunningTalka talka) {
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() {
    if (admin.moduleState(ID).equals("ACTIVE")) {
      admin.operate("uninstall", ID);
    }
  }

  private void install() {
    admin.install(
        "upgraded.jar",
        new SampleModule(ID, "1.0.0")
            .imports("org.talka.api.ticket;version=\"[1.0,2)\"")
            .jar(null));
  }

  private JsonNode checked(Path distribution, int status) throws Exception {
    return admin
        .send(
            "/modules/checks", "application/gzip", HttpRequest.BodyPublishers.ofFile(distribution))
        .expect(status)
        .json();
  }

  private static JsonNode of(JsonNode report) {
    for (JsonNode module : report.path("modules")) {
      if (module.path("module").asText().equals(ID)) {
        return module;
      }
    }
    throw new AssertionError(report.toString());
  }

  @Test
  void thisVersionSuitsWhatIsInstalled() throws Exception {
    install();
    JsonNode report = checked(Distribution.archive(), 200);
    assertEquals(0, of(report).path("problems").size(), report.toString());
    JsonNode same = admin.post("/modules/checks", java.util.Map.of()).expect(200).json();
    assertEquals(0, of(same).path("problems").size(), same.toString());
  }

  @Test
  void namesTheModuleAndThePackageThatWouldBreak() throws Exception {
    install();
    JsonNode report = checked(nextMajor(), 200);
    String problem = of(report).path("problems").path(0).path("message").asText();
    assertTrue(problem.contains("org.talka.api.ticket"), report.toString());
    assertTrue(problem.contains("[1.0.0,2.0.0)"), problem);
    assertTrue(problem.contains("99.0.0"), problem);
    assertEquals("ACTIVE", admin.moduleState(ID), "nothing was done");
  }

  @Test
  void refusesWhatIsNoDistribution() throws Exception {
    Path file = Files.createTempFile("talka", ".tar.gz");
    try {
      Files.writeString(file, "no archive");
      checked(file, 422);
    } finally {
      Files.delete(file);
    }
  }

  /** This distribution, but its API of tickets has another major version. */
  private static Path nextMajor() throws Exception {
    Path home = Distribution.unpack("next-major");
    Path api =
        Distribution.bundles(home).stream()
            .filter(jar -> jar.getFileName().toString().matches("org\\.talka\\.api-[0-9.]+\\.jar"))
            .findFirst()
            .orElseThrow();
    replaceVersion(api);
    Path archive = Distribution.work().resolve("next-major.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar",
                "-czf",
                archive.toString(),
                "-C",
                home.getParent().toString(),
                home.getFileName().toString())
            .inheritIO()
            .start();
    assertEquals(0, tar.waitFor());
    return archive;
  }

  private static void replaceVersion(Path api) throws IOException {
    Path changed = Files.createTempFile("talka-api", ".jar");
    try (JarFile jar = new JarFile(api.toFile())) {
      Manifest manifest = jar.getManifest();
      String exports = manifest.getMainAttributes().getValue("Export-Package");
      manifest
          .getMainAttributes()
          .putValue(
              "Export-Package",
              exports.replaceAll(
                  "(org\\.talka\\.api\\.ticket;[^,]*?version=)\"?[0-9.]+\"?", "$1\"99.0.0\""));
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(changed), manifest)) {
        for (ZipEntry entry : java.util.Collections.list(jar.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
              in.transferTo(out);
            }
          }
        }
      }
    }
    Files.move(changed, api, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
