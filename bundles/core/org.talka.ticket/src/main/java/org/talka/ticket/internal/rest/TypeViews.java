/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.talka.api.ticket.FieldDefinition;
import org.talka.ticket.internal.model.BuiltIns;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.type.LinkType;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TicketTypes;

/** Puts ticket types into the form that clients get. */
final class TypeViews {
  private TypeViews() {}

  static TypeView brief(TicketType type) {
    return new TypeView(
        type.key(),
        type.definition().prefix(),
        type.definition().icon(),
        type.definition().portal(),
        type.retired(),
        type.module(),
        new TypeView.Workflow(type.workflow().key(), type.workflow().initial(), states(type)));
  }

  /**
   * @param internal whether fields that only agents see are told
   */
  static TypeDescription whole(
      TicketType type, TicketTypes types, boolean internal, Locale locale) {
    List<FieldDefinition> fields = new ArrayList<>(BuiltIns.all());
    type.fields().values().stream()
        .filter(field -> internal || field.audience().equals("all"))
        .forEach(fields::add);
    return new TypeDescription(
        type.key(),
        type.definition().prefix(),
        type.definition().icon(),
        type.definition().portal() && !type.missing(),
        type.module(),
        new TypeDescription.Workflow(
            type.workflow().key(), type.workflow().initial(), states(type), transitions(type)),
        fields,
        type.definition().form(),
        type.portalForm(),
        types.linksOf(type.key()).stream().map(TypeViews::link).toList(),
        type.missing() ? List.of() : types.actionsOn(type.key()),
        type.missing() ? Optional.of(type.module()) : Optional.empty(),
        type.missing() ? Optional.of(words(types, locale)) : Optional.empty());
  }

  private static Map<String, String> words(TicketTypes types, Locale locale) {
    Map<String, String> words = new LinkedHashMap<>(types.words().getOrDefault("en", Map.of()));
    words.putAll(types.words().getOrDefault(locale.getLanguage(), Map.of()));
    return words;
  }

  private static List<TypeView.State> states(TicketType type) {
    return type.workflow().states().stream()
        .map(state -> new TypeView.State(state.key(), Words.of(state.category())))
        .toList();
  }

  private static List<TypeDescription.TransitionView> transitions(TicketType type) {
    return type.workflow().transitions().stream()
        .map(
            transition ->
                new TypeDescription.TransitionView(
                    transition.key(),
                    transition.from(),
                    transition.to(),
                    transition.requires(),
                    transition.comment(),
                    transition.requester(),
                    transition.guards()))
        .toList();
  }

  private static TypeDescription.LinkView link(LinkType link) {
    return new TypeDescription.LinkView(
        link.definition().key(),
        link.definition().from(),
        link.definition().to(),
        link.definition().cardinality());
  }
}
