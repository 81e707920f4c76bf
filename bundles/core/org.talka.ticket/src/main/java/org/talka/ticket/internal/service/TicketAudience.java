/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.api.security.People;
import org.talka.api.security.Person;
import org.talka.event.StreamAudience;
import org.talka.event.StreamMessage;
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
    return EventKeywords.of(event)
        .filter(keywords -> hears(caller, event, keywords))
        .map(keywords -> message(event));
  }

  private boolean hears(Caller caller, DomainEvent event, EventKeywords keywords) {
    boolean hidden =
        Boolean.TRUE.equals(event.data().get("internal")) && !keywords.may(caller, "ticket:note");
    return !hidden && visibility.sees(caller, keywords::of);
  }

  private StreamMessage message(DomainEvent event) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (String name : List.of("key", "type", "version", "change")) {
      data.put(name, event.data().get(name));
    }
    event
        .actor()
        .flatMap(people::person)
        .map(Person::username)
        .ifPresent(name -> data.put("actor", name));
    return new StreamMessage("ticket", data);
  }
}
