/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Modules as a desk has after some years: one with a type of many fields, many with a page each.
 */
final class GrownModules {
  static final int AREAS = 50;
  static final int FIELDS = 300;
  private static final int PARTS = 12;
  private static final List<String> KINDS =
      List.of(
          "text",
          "choice",
          "number",
          "date",
          "boolean",
          "person",
          "team",
          "markdown",
          "datetime",
          "text");

  private GrownModules() {}

  /** Puts them where the server installs what it finds. */
  static void drop(Path distribution, Path folder) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("wide.jar"), wide().jar(distribution));
      for (int i = 1; i <= AREAS; i++) {
        SampleModule area = area(i);
        Files.write(folder.resolve(area.id() + ".jar"), area.jar(distribution));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SampleModule area(int number) {
    String id = String.format("area%02d", number);
    String key = id + ".list";
    String query = "tag:" + id + " state:open";
    Map<String, Object> descriptor =
        Map.of(
            "id",
            id,
            "ui",
            List.of(
                Map.of(
                    "point",
                    "nav",
                    "key",
                    key,
                    "order",
                    20 + number,
                    "icon",
                    "list",
                    "props",
                    Map.of("page", key)),
                Map.of(
                    "point",
                    "page",
                    "key",
                    key,
                    "order",
                    20 + number,
                    "view",
                    Map.of("kind", "list", "q", query))),
            "widgets",
            List.of(
                Map.of(
                    "key",
                    id + ".open",
                    "kind",
                    "count",
                    "order",
                    20 + number,
                    "q",
                    query,
                    "width",
                    2,
                    "height",
                    2)));
    String name = "Area " + number + " of the plant";
    return module(
        id,
        descriptor,
        Map.of("module." + id + ".title", name, "ui." + key, name, "widget." + id + ".open", name));
  }

  private static SampleModule wide() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("module.wide.title", "Surveys");
    words.put("type.wide", "Survey");
    words.put("type.wide.plural", "Surveys");
    words.put("state.wide.new", "New");
    words.put("state.wide.done", "Done");
    words.put("transition.wide.finish", "Finish");
    words.put("form.wide.basics", "Basics");
    List<Map<String, Object>> fields = new ArrayList<>();
    List<Map<String, Object>> form = new ArrayList<>();
    form.add(
        section(
            "basics", List.of("subject", "description", "impact", "urgency", "team", "assignee")));
    for (int part = 0; part < PARTS; part++) {
      List<String> keys = new ArrayList<>();
      for (int i = part * FIELDS / PARTS; i < (part + 1) * FIELDS / PARTS; i++) {
        keys.add("wideField" + i);
        fields.add(field(i, words));
      }
      form.add(section("part" + part, keys));
      words.put("form.wide.part" + part, "Part " + (part + 1) + " of the survey");
    }
    Map<String, Object> type =
        Map.of(
            "key",
            "wide",
            "prefix",
            "WID",
            "icon",
            "list",
            "workflow",
            "wide",
            "portal",
            true,
            "form",
            form);
    Map<String, Object> workflow =
        Map.of(
            "key",
            "wide",
            "initial",
            "new",
            "states",
            List.of(
                Map.of("key", "new", "category", "NEW"),
                Map.of("key", "done", "category", "CLOSED")),
            "transitions",
            List.of(Map.of("key", "finish", "from", List.of("new"), "to", "done")));
    return module(
        "wide",
        Map.of(
            "id",
            "wide",
            "ticketTypes",
            List.of(type),
            "fields",
            fields,
            "workflows",
            List.of(workflow)),
        words);
  }

  private static Map<String, Object> section(String key, List<String> fields) {
    return Map.of("key", key, "fields", fields);
  }

  private static Map<String, Object> field(int number, Map<String, String> words) {
    String key = "wideField" + number;
    String kind = KINDS.get(number % KINDS.size());
    words.put("field." + key, "Measured value " + number);
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("key", key);
    field.put("type", kind);
    field.put("on", List.of("wide"));
    field.put("indexed", !kind.equals("markdown"));
    if (kind.equals("choice")) {
      List<String> options = List.of("a", "b", "c", "d");
      field.put("options", options);
      options.forEach(
          option ->
              words.put(
                  "field." + key + "." + option,
                  "Choice " + option.toUpperCase(java.util.Locale.ROOT)));
    }
    return field;
  }

  private static SampleModule module(String id, Object descriptor, Map<String, String> words) {
    try {
      String catalogue = Api.JSON.writeValueAsString(words);
      return new SampleModule(id, "1.0.0")
          .file("TALKA-INF/module.json", Api.JSON.writeValueAsString(descriptor))
          .file("TALKA-INF/i18n/en.json", catalogue)
          .file("TALKA-INF/i18n/lv.json", catalogue);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
