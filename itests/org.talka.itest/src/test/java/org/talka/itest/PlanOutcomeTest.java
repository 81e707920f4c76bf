/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a plan says is what comes about: random operations on a module in three versions, which
 * differ in what they offer, each compared with what the running desk shows before and after.
 *
 * <p>{@code -Dtalka.plan.seed=…} repeats a run, {@code -Dtalka.plan.operations=…} makes it longer.
 */
@ExtendWith(SharedTalka.class)
@Timeout(300)
class PlanOutcomeTest {
  private static final String ID = "shuttle";
  private static final int OPERATIONS = Integer.getInteger("talka.plan.operations", 20);
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  private final Api admin;
  private final List<String> log = new ArrayList<>();
  private final Map<String, byte[]> archives = new HashMap<>();

  PlanOutcomeTest(RunningTalka talka) {
    this.admin = talka.admin();
    Path home = Distribution.unpack("plan-outcome");
    for (int version = 1; version <= 3; version++) {
      archives.put(version + ".0.0", archive(version, home));
    }
  }

  @AfterEach
  void remove() {
    if (!admin.moduleState(ID).equals("REMOVED") && !admin.moduleState(ID).equals("PURGED")) {
      admin.operate("uninstall", ID);
    }
  }

  /** Each version offers something new, and the third lacks something that the second had. */
  private static byte[] archive(int version, Path home) {
    List<String> types = new ArrayList<>(List.of(type("shuttle")));
    List<String> permissions = new ArrayList<>(List.of(permission("fly")));
    List<String> pages = new ArrayList<>(List.of(page("hangar", 1)));
    if (version == 2) {
      types.add(type("shuttle-repair"));
      permissions.add(permission("repair"));
      pages.add(page("workshop", 2));
    } else if (version == 3) {
      types.add(type("shuttle-tour"));
      pages.add(page("tours", 3));
    }
    SampleModule module =
        new SampleModule(ID, version + ".0.0")
            .file(
                "TALKA-INF/module.json",
                """
                {"id":"shuttle",
                 "permissions":[%s],
                 "ticketTypes":[%s],
                 "workflows":[{"key":"shuttle","initial":"new",
                   "states":[{"key":"new","category":"NEW"},{"key":"closed","category":"CLOSED"}],
                   "transitions":[{"key":"close","from":["new"],"to":"closed"}]}],
                 "ui":[%s]}"""
                    .formatted(
                        String.join(",", permissions),
                        String.join(",", types),
                        String.join(",", pages)))
            .file("TALKA-INF/ui/page.js", "export const api = 1; export default HTMLElement;");
    if (version > 1) {
      rest(module);
    }
    return module.jar(home);
  }

  private static String type(String key) {
    return "{\"key\":\"%s\",\"prefix\":\"%s\",\"workflow\":\"shuttle\",\"portal\":false,"
            .formatted(
                key, Map.of("shuttle", "SHU", "shuttle-repair", "SHR").getOrDefault(key, "SHT"))
        + "\"form\":[{\"key\":\"basics\",\"fields\":[\"subject\",\"description\"]}]}";
  }

  private static String permission(String key) {
    return "{\"key\":\"shuttle:%s\",\"tokenScope\":\"tickets:write\",\"roles\":{\"admin\":\"all\"}}"
        .formatted(key);
  }

  private static String page(String key, int order) {
    return ("{\"point\":\"nav\",\"key\":\"shuttle.%1$s\",\"order\":9%2$d,\"permission\":\"ticket:note\","
            + "\"props\":{\"page\":\"shuttle.%1$s\"}},"
            + "{\"point\":\"page\",\"key\":\"shuttle.%1$s\",\"order\":9%2$d,"
            + "\"permission\":\"ticket:note\",\"script\":\"page.js\"}")
        .formatted(key, order);
  }

  private static void rest(SampleModule module) {
    module
        .header("Service-Component", "OSGI-INF/app.xml,OSGI-INF/bay.xml")
        .file(
            "OSGI-INF/app.xml",
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="app">
              <property name="osgi.jakartars.name" type="String" value="shuttle"/>
              <property name="osgi.jakartars.application.base" type="String" value="shuttle"/>
              <service><provide interface="jakarta.ws.rs.core.Application"/></service>
              <implementation class="com.example.shuttle.App"/>
            </scr:component>""")
        .file(
            "OSGI-INF/bay.xml",
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="bay">
              <property name="osgi.jakartars.resource" type="String" value="true"/>
              <property name="osgi.jakartars.application.select" type="String"
                value="(osgi.jakartars.name=shuttle)"/>
              <service><provide interface="com.example.shuttle.Bay"/></service>
              <implementation class="com.example.shuttle.Bay"/>
            </scr:component>""")
        .imports(
            "jakarta.ws.rs;version=\"[3.1,4)\"",
            "jakarta.ws.rs.core;version=\"[3.1,4)\"",
            "org.talka.api.rest;version=\"[1,2)\"")
        .source("App", "public class App extends jakarta.ws.rs.core.Application {}")
        .source(
            "Bay",
            "@jakarta.ws.rs.Path(\"bays\")"
                + " @org.talka.api.rest.RequiresPermission(\"ticket:note\")"
                + " public class Bay { @jakarta.ws.rs.GET @jakarta.ws.rs.Produces(\"text/plain\")"
                + " @org.talka.api.rest.Operation(\"Name the bay\")"
                + " public String bay() { return \"one\"; } }");
  }

  /** What the desk shows of the module now. */
  private Map<String, Set<String>> shown() {
    Map<String, Set<String>> shown = new HashMap<>();
    JsonNode types = admin.get("/ticket-types").expect(200).json().path("items");
    shown.put("ticketTypes", keys(types, "key", false));
    JsonNode permissions = admin.get("/permissions").expect(200).json().path("items");
    shown.put("permissions", keys(permissions, "key", true));
    Set<String> pages = new TreeSet<>();
    for (JsonNode item : admin.get("/ui/contributions").expect(200).json().path("items")) {
      if (item.path("point").asText().equals("nav") && isOurs(item.path("key").asText())) {
        pages.add(item.path("key").asText());
      }
    }
    shown.put("navigation", pages);
    Set<String> paths = new TreeSet<>();
    admin
        .get("/openapi.json")
        .expect(200)
        .json()
        .path("paths")
        .fieldNames()
        .forEachRemaining(
            path -> {
              if (path.contains("/shuttle/")) {
                paths.add("/api/v1/shuttle");
              }
            });
    shown.put("resources", paths);
    return shown;
  }

  private static Set<String> keys(JsonNode items, String name, boolean withColon) {
    Set<String> keys = new TreeSet<>();
    for (JsonNode item : items) {
      String key = item.path(name).asText();
      if (isOurs(key) && key.contains(":") == withColon) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static boolean isOurs(String key) {
    return key.startsWith(ID);
  }

  /** A plan names things in words, which are their keys where nobody translates them. */
  private static Set<String> said(JsonNode things, String kind) {
    Set<String> said = new TreeSet<>();
    things.path(kind).forEach(word -> said.add(word.asText()));
    return said;
  }

  private record Wish(String action, String version) {}

  /** What can be asked for now. */
  private List<Wish> possible() {
    Api.Answer known = admin.get("/modules/" + ID);
    String state = known.status() == 200 ? known.json().path("state").asText() : "UNKNOWN";
    String version = known.json().path("version").asText();
    List<Wish> wishes = new ArrayList<>();
    if (state.equals("ACTIVE") || state.equals("DISABLED")) {
      wishes.add(new Wish("uninstall", ""));
      wishes.add(new Wish(state.equals("ACTIVE") ? "disable" : "enable", ""));
      archives.keySet().stream()
          .filter(other -> other.compareTo(version) > 0)
          .forEach(other -> wishes.add(new Wish("upload", other)));
      if (known.json().hasNonNull("previousVersion")) {
        wishes.add(new Wish("rollback", ""));
      }
    } else {
      archives.keySet().forEach(other -> wishes.add(new Wish("upload", other)));
      if (state.equals("REMOVED")) {
        wishes.add(new Wish("install", ""));
        wishes.add(new Wish("purge", ""));
      }
    }
    wishes.sort(java.util.Comparator.comparing(Wish::toString));
    return wishes;
  }

  private Api.Answer planned(Wish wish) {
    return wish.action().equals("upload")
        ? admin.upload("shuttle.jar", archives.get(wish.version()))
        : admin.post("/modules/plans", Map.of("action", wish.action(), "module", ID));
  }

  @Test
  void everyOutcomeIsAsItsPlanHadSaid() {
    long seed = Long.getLong("talka.plan.seed", System.nanoTime());
    Random random = new Random(seed);
    admin.install("shuttle.jar", archives.get("1.0.0"));
    for (int i = 0; i < OPERATIONS; i++) {
      List<Wish> possible = possible();
      Wish wish = possible.get(random.nextInt(possible.size()));
      log.add(wish.action() + " " + wish.version());
      carryOut(wish, "seed " + seed + ": " + log);
    }
    System.out.println("plans that were as their outcomes: " + log);
  }

  private void carryOut(Wish wish, String so) {
    Map<String, Set<String>> before = shown();
    JsonNode plan = planned(wish).expect(200).json();
    assertEquals(0, plan.path("blockers").size(), so + plan);
    Object confirm = wish.action().equals("purge") ? Map.of("confirm", ID) : null;
    String operation =
        admin
            .post("/modules/plans/" + plan.path("id").asText() + "/apply", confirm)
            .expect(202)
            .json()
            .path("operation")
            .asText();
    JsonNode ended = admin.ended(operation, A_MINUTE);
    assertEquals("succeeded", ended.path("state").asText(), so + ended);
    Map<String, Set<String>> expected = new HashMap<>();
    before.forEach(
        (kind, things) -> {
          Set<String> then = new TreeSet<>(things);
          assertTrue(then.containsAll(said(plan.path("removes"), kind)), so + plan);
          then.removeAll(said(plan.path("removes"), kind));
          then.addAll(said(plan.path("adds"), kind));
          expected.put(kind, then);
        });
    assertEquals(expected, shown(), so + plan);
    // what the desk itself compared: bundles, declarations
    JsonNode compared = admin.get("/modules/operations/" + operation).expect(200).json();
    assertEquals(0, compared.path("differences").size(), so + compared);
    JsonNode now = admin.get("/modules/" + ID).expect(200).json();
    boolean runs = plan.hasNonNull("to");
    assertEquals(runs, now.path("state").asText().equals("ACTIVE"), so + now);
    if (runs) {
      assertEquals(plan.path("to").asText(), now.path("version").asText(), so + now);
    }
    assertEquals(
        !expected.get("resources").isEmpty(),
        admin.get("/shuttle/bays").status() == 200,
        so + " its REST path");
  }
}
