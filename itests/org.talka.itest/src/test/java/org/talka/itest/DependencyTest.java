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
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Modules that need modules, in a server of their own whose catalogue has them: {@code top} needs
 * {@code left} and {@code right}, which need {@code base}; {@code hen} and {@code egg} need each
 * other; {@code faulty} needs {@code base} and does not start.
 */
@Timeout(240)
class DependencyTest {
  /** By version; built once each, since a JAR says when it was built. */
  private static final Map<String, byte[]> APIS = new HashMap<>();

  private static TalkaProcess talka;
  private static Path home;

  /** Where a sample writes whose class it sees. */
  private static Path seen;

  private static Api admin;

  @BeforeAll
  static void start() throws Exception {
    home = Distribution.unpack("needs");
    for (SampleModule module :
        List.of(
            sample("needbase", "1.0.0"),
            sample("needleft", "1.0.0", "needbase"),
            sample("needright", "1.0.0", "needbase"),
            sample("needtop", "1.0.0", "needleft", "needright"),
            sample("needhen", "1.0.0", "needegg"),
            sample("needegg", "1.0.0", "needhen"),
            sample("needfaulty", "1.0.0", "needbase")
                .activator("throw new Exception(\"on purpose\");", ""))) {
      offer(home.resolve("modules"), module.jar(home));
    }
    talka = new TalkaProcess(home, Distribution.work().resolve("needs-data"), Map.of());
    Distribution.delete(talka.data());
    talka.start();
    admin = talka.admin();
    seen = talka.data().resolve("user-of-port");
  }

  @AfterAll
  static void stop() {
    talka.close();
  }

  private static SampleModule sample(String id, String version, String... needs) {
    List<String> requirements = new ArrayList<>(List.of("talka.platform"));
    for (String need : needs) {
      requirements.add(
          "talka.module;filter:=\"(&(talka.module=" + need + ")(version>=1)(!(version>=2)))\"");
    }
    SampleModule module =
        new SampleModule(id, version)
            .header(
                "Provide-Capability",
                "talka.module;talka.module=" + id + ";version:Version=" + version);
    if (needs.length > 0) {
      module.header("Require-Capability", String.join(",", requirements));
    }
    return module;
  }

  private static void offer(Path catalogue, byte[] jar) throws Exception {
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    Files.write(catalogue.resolve(digest + ".jar"), jar);
    Files.writeString(
        catalogue.resolve("digests.sha256"),
        digest + "  " + digest + ".jar\n",
        StandardOpenOption.APPEND);
  }

  private static byte[] api(String version) {
    return new SampleModule("port", version)
        .api()
        .header("Bundle-SymbolicName", "com.example.port.api")
        .header("Export-Package", "com.example.port.api;version=\"" + version + "\"")
        .source("com.example.port.api", "Port", "public interface Port {}")
        .jar(home);
  }

  /** A module and its API in one archive. */
  private static byte[] port(String version, String apiVersion) throws IOException {
    byte[] main = sample("port", version).jar(home);
    byte[] api = APIS.computeIfAbsent(apiVersion, DependencyTest::api);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("repository/com/example/port/1/port-1.jar", main);
    entries.put("repository/com/example/port.api/1/port.api-1.jar", api);
    entries.put(
        "repository/com/example/f/1/f-1-features.xml",
        ("<features><feature name='port'><bundle>mvn:com.example/port/1</bundle>"
                + "<bundle>mvn:com.example/port.api/1</bundle></feature></features>")
            .getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry file = new ZipEntry(entry.getKey());
        file.setTime(0);
        zip.putNextEntry(file);
        zip.write(entry.getValue());
      }
    }
    return out.toByteArray();
  }

  /** Imports from the API, and needs the module itself only to run. */
  private static byte[] sailor() {
    return new SampleModule("sailor", "1.0.0")
        .header(
            "Require-Capability", "talka.module;effective:=active;filter:=\"(talka.module=port)\"")
        .header("Import-Package", "com.example.port.api;version=\"[1,2)\"")
        .activator(
            "Class<?> port = Class.forName(\"com.example.port.api.Port\");"
                + " java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                + seen
                + "\"), context.getBundle().getBundleId() + \" \""
                + " + org.osgi.framework.FrameworkUtil.getBundle(port).getBundleId() + \" \""
                + " + System.identityHashCode(port));",
            "")
        .jar(home);
  }

  @Test
  void whoeverImportsFromAnApiThatDoesNotChangeStaysWired() throws IOException {
    succeed(admin.upload("port.kar", port("1.0.0", "1.0.0")));
    succeed(admin.upload("sailor.jar", sailor()));
    String wired = Files.readString(seen);

    Api.Answer update = admin.upload("port.kar", port("1.1.0", "1.0.0"));
    assertEquals("sailor", update.json().path("affects").path(0).asText(), update.text());
    assertTrue(!update.json().path("bundles").toString().contains("port.api"), update.text());
    Files.delete(seen);
    succeed(update);
    awaitState("ACTIVE", "port", "sailor");
    assertEquals(wired, Files.readString(seen), "the same bundles, the same class");

    Api.Answer other = admin.upload("port.kar", port("1.2.0", "1.1.0"));
    assertTrue(other.json().path("bundles").toString().contains("port.api"), other.text());
    Files.delete(seen);
    succeed(other);
    awaitState("ACTIVE", "port", "sailor");
    String rewired = Files.readString(seen);
    assertEquals(wired.split(" ")[0], rewired.split(" ")[0], "its own bundle stays");
    assertTrue(!wired.split(" ")[1].equals(rewired.split(" ")[1]), "the API is another");

    operate("rollback", "port");
    awaitState("ACTIVE", "port", "sailor");
    operate("uninstall", "port");
    awaitState("WAITING", "sailor");
    operate("install", "port");
    awaitState("ACTIVE", "port", "sailor");
    operate("uninstall", "sailor");
    operate("uninstall", "port");
  }

  private static void succeed(Api.Answer plan) {
    JsonNode ended = ended(plan);
    assertEquals("succeeded", ended.path("state").asText(), ended.toString());
    assertEquals(0, ended.path("differences").size(), ended.toString());
  }

  private static JsonNode plan(String action, String module) {
    return admin
        .post("/modules/plans", Map.of("action", action, "module", module))
        .expect(200)
        .json();
  }

  private static JsonNode ended(Api.Answer plan) {
    return admin.ended(admin.apply(plan), Duration.ofSeconds(60));
  }

  private static JsonNode operate(String action, String module) {
    return ended(admin.post("/modules/plans", Map.of("action", action, "module", module)));
  }

  private static List<String> also(JsonNode plan) {
    List<String> also = new ArrayList<>();
    plan.path("also")
        .forEach(o -> also.add(o.path("action").asText() + " " + o.path("module").asText()));
    return also;
  }

  private static void awaitState(String state, String... modules) {
    for (String module : modules) {
      Wait.that(
          module + " is " + state,
          Duration.ofSeconds(20),
          () -> admin.moduleState(module).equals(state));
    }
  }

  @Test
  void modulesComeAndGoWithThoseTheyNeed() throws IOException {
    refusesACircle();
    bringsADiamondInOnePlan();
    lettingTheBaseGoLetsTheOthersWait();
    anUpdateLetsTheOthersPause();
    theyAreBackAfterARestart();
    uninstallingTheBaseLosesNobody();
    takesBackWhatCameForAModuleThatFails();
    assertEquals(
        List.of(),
        Distribution.complaints(talka.data()).stream()
            .filter(line -> !line.contains("needfaulty"))
            .toList());
  }

  private void refusesACircle() {
    JsonNode plan = plan("install", "needhen");
    String why = plan.path("blockers").path(0).path("message").asText();
    assertTrue(why.contains("needhen → needegg → needhen"), why);
  }

  private void bringsADiamondInOnePlan() {
    assertEquals(
        List.of("install needbase", "install needleft", "install needright"),
        also(plan("install", "needtop")));
    assertEquals("succeeded", operate("install", "needtop").path("state").asText());
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
  }

  private void lettingTheBaseGoLetsTheOthersWait() {
    JsonNode plan = plan("disable", "needbase");
    assertEquals(3, plan.path("affects").size(), plan.toString());
    assertEquals("succeeded", operate("disable", "needbase").path("state").asText());
    awaitState("WAITING", "needleft", "needright", "needtop");
    assertEquals("succeeded", operate("enable", "needbase").path("state").asText());
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
  }

  private void anUpdateLetsTheOthersPause() {
    byte[] next = sample("needbase", "1.1.0").jar(null);
    assertEquals("succeeded", ended(admin.upload("base.jar", next)).path("state").asText());
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
    byte[] far = sample("needbase", "2.0.0").jar(null);
    JsonNode refused = admin.upload("base.jar", far).json();
    assertEquals(2, refused.path("blockers").size(), refused.toString());
  }

  private void theyAreBackAfterARestart() {
    talka.stop();
    talka.start();
    admin = talka.admin();
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
    talka.kill();
    talka.start();
    admin = talka.admin();
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
  }

  private void uninstallingTheBaseLosesNobody() {
    assertEquals("succeeded", operate("uninstall", "needbase").path("state").asText());
    awaitState("WAITING", "needleft", "needright", "needtop");
    assertEquals("succeeded", operate("install", "needbase").path("state").asText());
    awaitState("ACTIVE", "needbase", "needleft", "needright", "needtop");
  }

  private void takesBackWhatCameForAModuleThatFails() {
    operate("disable", "needbase");
    awaitState("DISABLED", "needbase");
    JsonNode failed = operate("install", "needfaulty");
    assertEquals("rolledBack", failed.path("state").asText(), failed.toString());
    awaitState("DISABLED", "needbase");
    awaitState("WAITING", "needleft", "needright", "needtop");
  }
}
