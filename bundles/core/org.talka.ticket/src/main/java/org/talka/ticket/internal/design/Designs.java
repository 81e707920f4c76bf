/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that administrators laid over the declarations at one moment. Immutable.
 *
 * @param workflows those in effect, by key
 */
public record Designs(
    Map<String, FieldDesign> fields,
    Map<String, TypeDesign> types,
    Map<String, PublishedWorkflow> workflows) {

  public static final Designs NONE = new Designs(Map.of(), Map.of(), Map.of());

  public Designs {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    workflows = Collections.unmodifiableMap(new LinkedHashMap<>(workflows));
  }

  /** Language to key to name, for the catalogues. A name in one language stands in for English. */
  public Map<String, Map<String, String>> words() {
    Map<String, Map<String, String>> words = new TreeMap<>();
    fields
        .values()
        .forEach(
            field -> {
              put(words, "field." + field.key(), field.names(), field.own());
              put(words, "field." + field.key() + ".help", field.help(), field.own());
              field
                  .options()
                  .forEach(
                      option ->
                          put(
                              words,
                              "field." + field.key() + "." + option.key(),
                              option.names(),
                              field.own()));
            });
    types
        .values()
        .forEach(
            type -> {
              put(words, "type." + type.key(), type.names(), type.own());
              put(words, "type." + type.key() + ".plural", type.plurals(), type.own());
              for (List<SectionDesign> form : List.of(type.form(), type.portalForm())) {
                form.forEach(
                    section ->
                        put(
                            words,
                            "form." + type.key() + "." + section.key(),
                            section.names(),
                            type.own()));
              }
            });
    workflows
        .values()
        .forEach(
            workflow -> {
              String key = workflow.workflow();
              workflow
                  .design()
                  .states()
                  .forEach(
                      state ->
                          put(
                              words,
                              "state." + key + "." + state.key(),
                              state.names(),
                              added(workflow, state.key())));
              workflow
                  .design()
                  .transitions()
                  .forEach(
                      transition ->
                          put(
                              words,
                              "transition." + key + "." + transition.key(),
                              transition.names(),
                              workflow
                                  .base()
                                  .flatMap(base -> base.transition(transition.key()))
                                  .isEmpty()));
            });
    return words;
  }

  private static boolean added(PublishedWorkflow workflow, String state) {
    return workflow.base().flatMap(base -> base.state(state)).isEmpty();
  }

  /**
   * @param own whether nobody else has words for it, so that one language serves all readers
   */
  private static void put(
      Map<String, Map<String, String>> words, String key, Map<String, String> names, boolean own) {
    names.forEach(
        (language, name) -> words.computeIfAbsent(language, any -> new TreeMap<>()).put(key, name));
    if (own && !names.isEmpty() && !names.containsKey("en")) {
      String any = names.get(names.keySet().stream().sorted().findFirst().orElseThrow());
      words.computeIfAbsent("en", english -> new TreeMap<>()).put(key, any);
    }
  }
}
