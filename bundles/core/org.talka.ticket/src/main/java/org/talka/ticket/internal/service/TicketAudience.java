/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvent;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.event.StreamAudience;
import org.talka.event.StreamMessage;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.Visibility;

/**
 * Who hears of a ticket's change on the event stream: who sees the ticket, by the keywords that the
 * event carries, so that no row is read for every listener.
 */
@Component
public class TicketAudience implements StreamAudience {
  private final Visibility visibility;
  private final People people;

  @Activate
  public TicketAudience(@Reference Visibility visibility, @Reference People people) {
    this.visibility = visibility;
    this.people = people;
  }

  @Override
  public Optional<StreamMessage> message(Caller caller, DomainEvent event) {
    if (!event.type().startsWith("ticket.")
        || !(event.data().get(TicketEvents.KEYWORDS) instanceof Map<?, ?> keywords)) {
      return Optional.empty();
    }
    boolean hidden =
        Boolean.TRUE.equals(event.data().get("internal")) && !may(caller, "ticket:note", keywords);
    if (hidden || !visibility.sees(caller, field -> words(keywords, field))) {
      return Optional.empty();
    }
    Map<String, Object> data = new LinkedHashMap<>();
    for (String name : List.of("key", "type", "version", "change")) {
      data.put(name, event.data().get(name));
    }
    event
        .actor()
        .flatMap(people::person)
        .map(Person::username)
        .ifPresent(name -> data.put("actor", name));
    return Optional.of(new StreamMessage("ticket", data));
  }

  private static boolean may(Caller caller, String permission, Map<?, ?> keywords) {
    Filter scope = Visibility.scope(caller, permission);
    return FilterMatch.matches(scope, field -> words(keywords, field));
  }

  private static Set<String> words(Map<?, ?> keywords, String field) {
    return keywords.get(field) instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.toSet())
        : Set.of();
  }
}
