/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.LinkTypeDefinition;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.module.ModuleDescriptor;

/**
 * One thing that a module declared, in the form in which it outlasts the module.
 *
 * @param json the definition; a type's has its workflow inside
 * @param words its words: language to key to pattern
 */
public record StoredDefinition(
    Key key, String module, String json, Map<String, Map<String, String>> words) {
  // an older desk's row may have what this one does not know any more
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public enum Kind {
    TYPE,
    FIELD,
    LINK
  }

  public record Key(Kind kind, String key) {}

  private record TypeWithWorkflow(TicketTypeDefinition type, WorkflowDefinition workflow) {}

  static List<StoredDefinition> of(
      ModuleDescriptor descriptor, Map<String, Map<String, String>> languages) {
    List<StoredDefinition> all = new ArrayList<>();
    for (TicketTypeDefinition type : descriptor.ticketTypes()) {
      WorkflowDefinition workflow =
          descriptor.workflows().stream()
              .filter(w -> w.key().equals(type.workflow()))
              .findFirst()
              .orElseThrow();
      all.add(
          new StoredDefinition(
              new Key(Kind.TYPE, type.key()),
              descriptor.id(),
              write(new TypeWithWorkflow(type, workflow)),
              wordsOf(
                  languages,
                  "type." + type.key(),
                  "form." + type.key(),
                  "state." + workflow.key(),
                  "transition." + workflow.key())));
    }
    for (FieldDefinition field : descriptor.fields()) {
      all.add(
          new StoredDefinition(
              new Key(Kind.FIELD, field.key()),
              descriptor.id(),
              write(field),
              wordsOf(languages, "field." + field.key())));
    }
    for (LinkTypeDefinition link : descriptor.linkTypes()) {
      all.add(
          new StoredDefinition(
              new Key(Kind.LINK, link.key()),
              descriptor.id(),
              write(link),
              wordsOf(languages, "link." + link.key())));
    }
    return all;
  }

  /** Itself, with the words known before when there are none now. */
  StoredDefinition orWordsOf(StoredDefinition before) {
    boolean wordless = words.values().stream().allMatch(Map::isEmpty);
    return wordless && before != null
        ? new StoredDefinition(key, module, json, before.words)
        : this;
  }

  Declared.Type type() {
    TypeWithWorkflow read = read(TypeWithWorkflow.class);
    return new Declared.Type(read.type(), read.workflow(), module, true);
  }

  FieldDefinition field() {
    return read(FieldDefinition.class);
  }

  LinkTypeDefinition link() {
    return read(LinkTypeDefinition.class);
  }

  public String wordsJson() {
    return write(words);
  }

  public static Map<String, Map<String, String>> words(String json) {
    try {
      return JSON.readValue(json, new TypeReference<TreeMap<String, Map<String, String>>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored words can't be read", e);
    }
  }

  private <T> T read(Class<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The stored definition of " + key + " can't be read", e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A definition can't be written as JSON", e);
    }
  }

  private static Map<String, Map<String, String>> wordsOf(
      Map<String, Map<String, String>> languages, String... prefixes) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    languages.forEach(
        (language, words) -> {
          Map<String, String> own = new TreeMap<>();
          words.forEach(
              (key, text) -> {
                for (String prefix : prefixes) {
                  if (key.equals(prefix) || key.startsWith(prefix + ".")) {
                    own.put(key, text);
                  }
                }
              });
          found.put(language, own);
        });
    return found;
  }
}
