/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ./talka run --demo}: a desk to look around in, whatever is installed on it later. */
class DemoTest {
  private static final List<String> MODULES = List.of("problem", "knowledge", "cmdb");

  /** What each of them brings; all of it fits on a page. */
  private static final Map<String, String> LISTS =
      Map.of(
          "problem", "/tickets?limit=100&q=" + Api.encode("type:problem"),
          "knowledge", "/knowledge/articles?limit=100",
          "cmdb", "/cmdb/items?limit=100");

  @Test
  void modulesBringTheirPartOnceHoweverOftenTheyCome() throws IOException {
    Path home = Distribution.unpack("demo");
    Path data = Distribution.work().resolve("demo-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess talka = new TalkaProcess(home, data, Map.of("TALKA_DEMO", "true")).start()) {
      Api admin = talka.admin();
      MODULES.forEach(module -> admin.operate("install", module));
      Map<String, JsonNode> told = new LinkedHashMap<>();
      for (String module : MODULES) {
        told.put(module, brought(data, admin, module));
      }
      assertTrue(told.get("problem").size() >= 3, told.get("problem").toString());
      assertTrue(told.get("knowledge").size() >= 12, "articles: " + told.get("knowledge").size());
      assertTrue(told.get("cmdb").size() >= 35, "items: " + told.get("cmdb").size());
      eachStandsOnTickets(admin, told);

      MODULES.forEach(module -> admin.operate("uninstall", module));
      MODULES.forEach(module -> admin.operate("install", module));
      talka.stop();
      talka.start();
      Api again = talka.admin();
      for (String module : MODULES) {
        assertEquals(
            told.get(module).size(),
            again.get(LISTS.get(module)).expect(200).json().path("items").size(),
            module);
      }
      assertEquals(List.of(), Distribution.complaints(data));
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private static JsonNode brought(Path data, Api admin, String module) {
    Wait.that(
        "module " + module + " has brought its part",
        Duration.ofMinutes(2),
        () ->
            lines(data).stream().anyMatch(line -> line.contains(module + " has brought its part")));
    return admin.get(LISTS.get(module)).expect(200).json().path("items");
  }

  private static List<String> lines(Path data) {
    try {
      return Files.readAllLines(data.resolve("log").resolve("talka.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void eachStandsOnTickets(Api admin, Map<String, JsonNode> told) {
    String vpn =
        admin
            .get("/tickets?limit=1&q=" + Api.encode("subject:\"VPN drops every few minutes\""))
            .expect(200)
            .json()
            .at("/items/0/key")
            .asText();
    assertFalse(vpn.isEmpty());
    String links = admin.get("/tickets/" + vpn + "/links").expect(200).text();
    assertTrue(
        told.get("problem").findValuesAsText("key").stream().anyMatch(links::contains), links);
    assertFalse(
        admin.get("/knowledge/tickets/" + vpn).expect(200).json().path("used").isEmpty(), vpn);
    assertFalse(admin.get("/cmdb/tickets/" + vpn).expect(200).json().path("items").isEmpty(), vpn);
  }
}
