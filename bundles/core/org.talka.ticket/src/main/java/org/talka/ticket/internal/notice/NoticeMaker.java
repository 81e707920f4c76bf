/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.event.DomainEvent;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.PersonId;
import org.talka.event.EventConsumer;
import org.talka.event.StreamBroadcast;
import org.talka.ticket.internal.service.TicketEvents;
import org.talka.ticket.internal.store.NoticeStore;

/** Turns what happened into what people are told, after it is certain, and rings their bells. */
@Component(service = EventConsumer.class)
public class NoticeMaker implements EventConsumer {
  /** A consumer that is new hears of the last month; nobody wants to be told of that. */
  private static final Duration NEWS = Duration.ofDays(1);

  /** The strongest first: what a person is told who has several reasons to be told. */
  private static final List<NoticeKind> STRENGTH =
      List.of(
          NoticeKind.MENTION,
          NoticeKind.APPROVAL,
          NoticeKind.ASSIGNED,
          NoticeKind.REPLY,
          NoticeKind.NOTE,
          NoticeKind.STATE,
          NoticeKind.TEAM);

  private final NoticeRules rules;
  private final NoticeStore store;
  private final Transactions transactions;
  private final StreamBroadcast stream;
  private final Clock clock;

  @Activate
  public NoticeMaker(
      @Reference NoticeRules rules,
      @Reference NoticeStore store,
      @Reference Transactions transactions,
      @Reference StreamBroadcast stream) {
    this(rules, store, transactions, stream, Clock.systemUTC());
  }

  NoticeMaker(
      NoticeRules rules,
      NoticeStore store,
      Transactions transactions,
      StreamBroadcast stream,
      Clock clock) {
    this.rules = rules;
    this.store = store;
    this.transactions = transactions;
    this.stream = stream;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ticket-notices";
  }

  @Override
  public void consume(List<DomainEvent> batch) {
    Instant now = clock.instant();
    Map<DomainEvent, Map<PersonId, Set<NoticeKind>>> told = new LinkedHashMap<>();
    Set<PersonId> people = new HashSet<>();
    for (DomainEvent event : batch) {
      if (happened(event).isAfter(now.minus(NEWS))) {
        Map<PersonId, Set<NoticeKind>> some = rules.told(event);
        if (!some.isEmpty()) {
          told.put(event, some);
          people.addAll(some.keySet());
        }
      }
    }
    if (!told.isEmpty()) {
      Set<PersonId> rung =
          transactions.required(() -> store.tell(news(told, store.choices(people))));
      if (!rung.isEmpty()) {
        stream.send(rung, "notice", Map.of());
      }
    }
  }

  /** What is told of the past is no news. */
  private static Instant happened(DomainEvent event) {
    return event.data().get(TicketEvents.HAPPENED) instanceof String at
        ? Instant.parse(at)
        : event.at();
  }

  private static List<News> news(
      Map<DomainEvent, Map<PersonId, Set<NoticeKind>>> told,
      Map<PersonId, Set<NoticeKind>> choices) {
    List<News> news = new ArrayList<>();
    told.forEach(
        (event, people) ->
            people.forEach(
                (person, kinds) -> {
                  Set<NoticeKind> wanted = choices.getOrDefault(person, NoticeKind.byDefault());
                  STRENGTH.stream()
                      .filter(kind -> kinds.contains(kind) && wanted.contains(kind))
                      .findFirst()
                      .flatMap(kind -> news(event, person, kind))
                      .ifPresent(news::add);
                }));
    return news;
  }

  private static Optional<News> news(DomainEvent event, PersonId person, NoticeKind kind) {
    return event.data().get("id") instanceof Number ticket
        ? Optional.of(
            new News(
                person,
                ticket.longValue(),
                kind,
                event.sequence(),
                event.actor(),
                event.data().get("comment") instanceof Number comment
                    ? OptionalLong.of(comment.longValue())
                    : OptionalLong.empty(),
                NoticeRules.entered(event),
                NoticeRules.internal(event),
                happened(event).truncatedTo(ChronoUnit.MICROS)))
        : Optional.empty();
  }
}
