/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FormSection;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.module.ModuleDescriptor;

class DeskDeclarationsTest {
  private static final Path FILES = Path.of("src/main/resources/TALKA-INF");
  private static final Set<String> BUILT_IN =
      Set.of(
          "subject",
          "description",
          "requester",
          "organisation",
          "impact",
          "urgency",
          "priority",
          "team",
          "assignee",
          "tags");

  private final ModuleDescriptor desk = read("module.json", new TypeReference<>() {});

  @ParameterizedTest
  @ValueSource(strings = {"en", "lv"})
  void hasAWordForEverythingInEveryLanguage(String language) {
    Map<String, String> words = read("i18n/" + language + ".json", new TypeReference<>() {});
    TreeSet<String> missing = new TreeSet<>(keys());
    missing.removeAll(words.keySet());
    assertEquals(Set.of(), missing);
    assertTrue(words.values().stream().noneMatch(String::isBlank));
  }

  @Test
  void speaksTheSameKeysInBothLanguages() {
    Map<String, String> en = read("i18n/en.json", new TypeReference<>() {});
    Map<String, String> lv = read("i18n/lv.json", new TypeReference<>() {});
    assertEquals(en.keySet(), lv.keySet());
  }

  @Test
  void aNewIncidentCanBeTakenUpWithoutFillingInAnything() {
    WorkflowDefinition incident =
        desk.workflows().stream().filter(w -> w.key().equals("incident")).findFirst().orElseThrow();
    WorkflowDefinition.Transition first =
        incident.transitions().stream()
            .filter(t -> t.from().contains("new"))
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(), first.requires());
    assertTrue(!first.comment().equals("required"));
  }

  @Test
  void everyStateCanBeReachedAndFormsNameKnownFields() {
    for (WorkflowDefinition workflow : desk.workflows()) {
      TreeSet<String> reached = new TreeSet<>(Set.of(workflow.initial()));
      for (int i = 0; i < workflow.states().size(); i++) {
        workflow.transitions().stream()
            .filter(t -> t.from().stream().anyMatch(reached::contains))
            .forEach(t -> reached.add(t.to()));
      }
      TreeSet<String> states = new TreeSet<>();
      workflow.states().forEach(state -> states.add(state.key()));
      assertEquals(states, reached, workflow.key());
    }
    for (TicketTypeDefinition type : desk.ticketTypes()) {
      TreeSet<String> known = new TreeSet<>(BUILT_IN);
      desk.fields().stream()
          .filter(f -> f.on().contains(type.key()))
          .forEach(f -> known.add(f.key()));
      for (List<FormSection> form : List.of(type.form(), type.portalForm())) {
        form.forEach(section -> assertTrue(known.containsAll(section.fields()), section.key()));
      }
    }
  }

  @Test
  void dashboardsToBeginWithShowWhatTheDeskDeclares() {
    TreeSet<String> widgets = new TreeSet<>();
    desk.widgets().forEach(widget -> widgets.add("core/" + widget.key()));
    assertEquals(3, desk.dashboards().size());
    desk.dashboards()
        .forEach(
            dashboard ->
                dashboard
                    .widgets()
                    .forEach(
                        placed -> assertTrue(widgets.contains(placed.widget()), placed.widget())));
  }

  private Set<String> keys() {
    TreeSet<String> keys = new TreeSet<>();
    BUILT_IN.forEach(field -> keys.add("field." + field));
    desk.permissions().forEach(p -> keys.add("permission." + p.key()));
    for (TicketTypeDefinition type : desk.ticketTypes()) {
      keys.add("type." + type.key());
      keys.add("type." + type.key() + ".plural");
      type.form().forEach(section -> keys.add("form." + type.key() + "." + section.key()));
      type.portalForm().forEach(section -> keys.add("form." + type.key() + "." + section.key()));
    }
    for (FieldDefinition field : desk.fields()) {
      keys.add("field." + field.key());
      field.options().forEach(option -> keys.add("field." + field.key() + "." + option));
    }
    for (WorkflowDefinition workflow : desk.workflows()) {
      workflow.states().forEach(s -> keys.add("state." + workflow.key() + "." + s.key()));
      workflow.transitions().forEach(t -> keys.add("transition." + workflow.key() + "." + t.key()));
    }
    desk.linkTypes()
        .forEach(
            link -> keys.addAll(List.of("link." + link.key(), "link." + link.key() + ".inverse")));
    desk.widgets().forEach(widget -> keys.add("widget." + widget.key()));
    desk.dashboards().forEach(dashboard -> keys.add("dashboard." + dashboard.key()));
    return keys;
  }

  private static <T> T read(String file, TypeReference<T> type) {
    try (InputStream in = Files.newInputStream(FILES.resolve(file))) {
      return new ObjectMapper().readValue(in, type);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
