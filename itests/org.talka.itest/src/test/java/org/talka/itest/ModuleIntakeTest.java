/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What gets into the desk as a module, and what does not. */
@ExtendWith(SharedTalka.class)
class ModuleIntakeTest {
  private static final String ID = "intake-sample";

  private final RunningTalka talka;
  private final Api admin;

  ModuleIntakeTest(RunningTalka talka) {
    this.talka = talka;
    this.admin = talka.admin();
  }

  @AfterEach
  void remove() throws IOException {
    Files.deleteIfExists(talka.data().resolve("trust/sample.pub"));
    if (admin.moduleState(ID).equals("ACTIVE")) {
      admin.operate("uninstall", ID);
    }
  }

  private static SampleModule sample(String version) {
    return new SampleModule(ID, version).header("Bundle-SymbolicName", "com.example.intake");
  }

  /** A module's paths begin with its id. */
  @Test
  void noModuleMayTakeAPathOfTheDesk() {
    Set<String> modules = new TreeSet<>();
    admin.get("/modules").json().path("items").forEach(m -> modules.add(m.path("id").asText()));
    Set<String> free = new TreeSet<>();
    admin
        .get("/openapi.json")
        .expect(200)
        .json()
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            path -> {
              String first = path.replaceFirst("^/(api/v1/)?", "").split("/")[0];
              if (!modules.contains(first) && first.matches("[a-z][a-z0-9-]*")) {
                byte[] jar = new SampleModule(first, "1.0.0").jar(null);
                if (free.contains(first) || admin.upload(first + ".jar", jar).status() < 400) {
                  free.add(first);
                }
              }
            });
    assertEquals(Set.of(), free);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  private static Map<String, byte[]> kar(byte[] bundle) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("repository/com/example/m/1/m-1.jar", bundle);
    entries.put(
        "repository/com/example/f/1/f-1-features.xml",
        ascii(
            "<features><feature name='m'><bundle>mvn:com.example/m/1</bundle></feature></features>"));
    return entries;
  }

  private static byte[] changes(String sql) {
    return sample("1")
        .file(
            "META-INF/db/changelog.xml",
            "<databaseChangeLog><changeSet id='1'><sql>"
                + sql
                + "</sql></changeSet></databaseChangeLog>")
        .jar(null);
  }

  @Test
  void refusesHostileArchivesWithAReasonAndKeepsNothing() throws IOException {
    byte[] sound = sample("1").jar(null);
    String before = admin.get("/modules").text();
    Map<String, byte[]> withResources = kar(sound);
    withResources.put("resources/etc/org.talka.cfg", ascii("x"));
    Map<String, byte[]> hostile = new LinkedHashMap<>();
    hostile.put("bytes before", joined(ascii("#!/bin/sh\n"), sound));
    hostile.put("after the files", joined(sound, ascii("tail")));
    hostile.put("symbolic name org.talka.ticket", core());
    hostile.put("exports the package org.talka.api.ticket", exporting());
    hostile.put(
        "holds classes of the package jakarta.ws.rs",
        sample("1").file("jakarta/ws/rs/Path.class", "x").jar(null));
    hostile.put("table tkt_ticket", changes("DROP TABLE tkt_ticket"));
    hostile.put("“grant”", changes("GRANT SELECT ON intake_sample_x TO PUBLIC"));
    hostile.put("persistence unit is “ticket”", unit());
    hostile.put(
        "internal to the desk", sample("1").header("Import-Package", "org.talka.module").jar(null));
    hostile.put(
        "namespace talka.platform",
        sample("1").header("Provide-Capability", "talka.platform;talka.platform=talka").jar(null));
    hostile.put("KAR holds resources/etc/org.talka.cfg", zip(withResources));
    hostile.put(
        "META-INF/versions/17/OSGI-INF/MANIFEST.MF",
        sample("1").file("META-INF/versions/17/OSGI-INF/MANIFEST.MF", "x").jar(null));
    hostile.forEach(
        (reason, archive) -> {
          Api.Answer answer = admin.upload("m.jar", archive);
          assertEquals(422, answer.status(), () -> reason + ": " + answer.text());
          assertTrue(answer.text().contains(reason), () -> reason + ": " + answer.text());
        });
    assertEquals(before, admin.get("/modules").text());
  }

  private static byte[] core() {
    return sample("1").header("Bundle-SymbolicName", "org.talka.ticket").jar(null);
  }

  private static byte[] exporting() {
    return sample("1")
        .header("Bundle-SymbolicName", "org.talka")
        .header("Export-Package", "org.talka.api.ticket;version=\"9\"")
        .jar(null);
  }

  private static byte[] unit() {
    return sample("1")
        .file(
            "META-INF/persistence.xml",
            "<persistence><persistence-unit name='ticket'/></persistence>")
        .jar(null);
  }

  @Test
  void saysWhoSignedAModuleAndTakesUpdatesFromNobodyElse(@TempDir Path work) throws Exception {
    Path tool = Distribution.unpack("intake-tool").resolve("lib/tool");
    String key = work.resolve("sample").toString();
    run(tool, "keygen", "--maker", "Sample Ltd", "--modules", "intake", "--out", key);
    byte[] unsigned = sample("1").jar(null);
    byte[] signed = signed(tool, work, unsigned);
    assertEquals("UNSIGNED", verdict(admin.upload("m.jar", unsigned)));
    assertEquals("UNKNOWN_KEY", verdict(admin.upload("m.jar", signed)));
    Files.copy(work.resolve("sample.pub"), talka.data().resolve("trust/sample.pub"));
    Api.Answer plan = admin.upload("m.jar", signed);
    assertEquals("SIGNED", verdict(plan));
    assertTrue(plan.json().path("signature").path("text").asText().contains("Sample Ltd"));
    succeed(plan);
    assertEquals("SIGNED", verdict(admin.get("/modules/" + ID)));

    Api.Answer stranger = admin.upload("m.jar", sample("2").jar(null));
    assertEquals(422, stranger.status(), stranger::text);
    assertTrue(stranger.text().contains("was signed by Sample Ltd"), stranger::text);

    // a KAR of one bundle is an update like any other
    succeed(admin.upload("m.kar", signed(tool, work, zip(kar(sample("3").jar(null))))));
    assertEquals("3.0.0", admin.get("/modules/" + ID).json().path("version").asText());
    Api.Answer older = admin.upload("m.jar", signed(tool, work, sample("2").jar(null)));
    assertTrue(older.json().path("blockers").toString().contains("older than 3.0.0"), older::text);
  }

  private static String verdict(Api.Answer answer) {
    return answer.json().path("signature").path("verdict").asText(answer.text());
  }

  private void succeed(Api.Answer plan) {
    JsonNode ended = admin.ended(admin.apply(plan), Duration.ofSeconds(60));
    assertEquals("succeeded", ended.path("state").asText(), ended::toString);
  }

  private static byte[] signed(Path tool, Path work, byte[] archive) throws Exception {
    Path file = Files.write(work.resolve("m.jar"), archive);
    run(tool, "sign", file.toString(), "--key", work.resolve("sample.key").toString());
    return Files.readAllBytes(file);
  }

  /** The tool as authors run it, from the distribution. */
  private static void run(Path tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", tool + "/*", "org.talka.module.tool.ModuleTool"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
  }

  @Test
  void installsADroppedFileAndSaysSoBesideIt() throws Exception {
    Path deploy = talka.data().resolve("deploy");
    Path file = deploy.resolve("intake.jar");
    Files.write(file, sample("1").jar(null));
    Path result = deploy.resolve("intake.jar.result.txt");
    Wait.that("the file is taken", Duration.ofSeconds(30), () -> !Files.exists(file));
    assertEquals("Installed.\n", Files.readString(result));
    assertEquals("ACTIVE", admin.moduleState(ID));
    Files.write(file, sample("1").jar(null));
    Wait.that("the same file is done", Duration.ofSeconds(30), () -> !Files.exists(file));
    assertEquals("Installed.\n", Files.readString(result));
  }
}
