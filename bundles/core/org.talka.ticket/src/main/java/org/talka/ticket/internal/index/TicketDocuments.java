/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.search.SearchContributor;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.Priority;
import org.talka.api.ticket.Ticket;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.search.SearchDocument;
import org.talka.ticket.internal.access.TicketFields;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.type.TypeRegistry;

/** Tickets as the search index sees them. */
@Component(service = TicketDocuments.class)
public class TicketDocuments {
  public static final String KIND = "ticket";

  /** A number that grows with the priority, so that descending means the most pressing first. */
  public static final String URGENCY_RANK = "priorityRank";

  /** How many documents that lack something are remembered one by one. */
  private static final int OMISSIONS = 5_000;

  /** A contributor that came has something to add to what was indexed before. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** One that fails now and then must not keep the indexer busy. */
  private static final Duration LATER = Duration.ofSeconds(15);

  private final TypeRegistry registry;
  private final Extensions<SearchContributor> contributors;
  private final Omissions omissions = new Omissions(OMISSIONS);
  private volatile Consumer<Duration> again = delay -> {};

  @Activate
  public TicketDocuments(@Reference TypeRegistry registry, @Reference Gate gate) {
    this.registry = registry;
    this.contributors = gate.open(SearchContributor.class);
    contributors.onChange(this::contributorsChanged);
    contributorsChanged();
  }

  private void contributorsChanged() {
    Set<String> here = new HashSet<>();
    contributors.all().forEach(each -> here.add(each.module() + ":" + each.name()));
    if (omissions.here(here)) {
      again.accept(SOON);
    }
  }

  /** Which documents lack what a contributor would have added. */
  Omissions omissions() {
    return omissions;
  }

  /**
   * @param again is told, on any thread, that documents should be made again after this time
   */
  void onOmissions(Consumer<Duration> again) {
    this.again = again;
  }

  @Deactivate
  public void close() {
    contributors.close();
  }

  public static String id(long ticket) {
    return KIND + ":" + ticket;
  }

  public static long ticket(String documentId) {
    return Long.parseLong(documentId.substring(KIND.length() + 1));
  }

  SearchDocument of(TicketImage ticket, List<CommentImage> comments) {
    Map<String, List<String>> words = new HashMap<>();
    Map<String, List<String>> internal = new HashMap<>();
    Map<String, List<String>> keywords = new HashMap<>();
    Map<String, BigDecimal> numbers = new HashMap<>();
    Map<String, Instant> instants = new HashMap<>();
    words.put("subject", List.of(ticket.subject()));
    if (!ticket.description().isEmpty()) {
      words.put("description", List.of(ticket.description()));
    }
    if (!ticket.tags().isEmpty()) {
      words.put("tags", List.copyOf(ticket.tags()));
    }
    for (CommentImage comment : comments) {
      (comment.internal() ? internal : words)
          .computeIfAbsent("comment", field -> new ArrayList<>())
          .add(comment.body());
    }
    for (String field : TicketKeywords.BUILT_IN) {
      put(keywords, field, TicketKeywords.of(ticket, field));
    }
    numbers.put(
        URGENCY_RANK,
        BigDecimal.valueOf(Priority.values().length - 1L - ticket.priority().ordinal()));
    instants.put("createdAt", ticket.createdAt());
    instants.put("updatedAt", ticket.updatedAt());
    ticket.resolvedAt().ifPresent(at -> instants.put("resolvedAt", at));
    ticket
        .fields()
        .forEach((field, value) -> own(field, value, words, internal, keywords, numbers, instants));
    contribute(ticket, words, internal);
    return new SearchDocument(
        id(ticket.id().value()), KIND, ticket.key(), words, internal, keywords, numbers, instants);
  }

  private void own(
      String name,
      Object value,
      Map<String, List<String>> words,
      Map<String, List<String>> internal,
      Map<String, List<String>> keywords,
      Map<String, BigDecimal> numbers,
      Map<String, Instant> instants) {
    FieldDefinition field = registry.types().fields().get(name);
    if (field == null) {
      return;
    }
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    switch (TicketFields.kind(field)) {
      case TEXT ->
          (TicketFields.internal(field) ? internal : words)
              .put(name, values.stream().map(Object::toString).toList());
      case NUMBER -> {
        if (values.get(0) instanceof BigDecimal number) {
          numbers.put(name, number);
        }
      }
      case INSTANT -> instants.put(name, instant(values.get(0).toString()));
      default -> {
        // found by its exact values below
      }
    }
    if (field.indexed()) {
      put(keywords, name, TicketKeywords.own(value));
    }
  }

  private void contribute(
      TicketImage ticket, Map<String, List<String>> words, Map<String, List<String>> internal) {
    long id = ticket.id().value();
    omissions.made(id);
    for (Extension<SearchContributor> contributor : contributors.all()) {
      Contribution contribution = new Contribution(ticket);
      // one that fails again and again is not asked for a while, so it can't hold up the index
      if (!contributor.tell(each -> each.contribute(contribution))) {
        omissions.skipped(id);
      } else if (omissions.worksAgain()) {
        again.accept(LATER);
      }
      // what was said before a failure is complete text and may stay
      contribution.addTo(words, internal);
    }
  }

  private static Instant instant(String stored) {
    return stored.length() == 10
        ? LocalDate.parse(stored).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(stored);
  }

  private static void put(Map<String, List<String>> keywords, String field, Set<String> words) {
    if (!words.isEmpty()) {
      keywords.put(field, List.copyOf(words));
    }
  }

  /**
   * What one contributor adds; told on another thread, read when it has returned or its time is up.
   */
  private static final class Contribution implements SearchContributor.Context {
    private final TicketImage ticket;
    private final List<String> open = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();

    Contribution(TicketImage ticket) {
      this.ticket = ticket;
    }

    @Override
    public Ticket ticket() {
      return ticket;
    }

    @Override
    public synchronized void addText(String text, boolean internal) {
      (internal ? hidden : open).add(text);
    }

    synchronized void addTo(Map<String, List<String>> words, Map<String, List<String>> internal) {
      if (!open.isEmpty()) {
        words.computeIfAbsent("contributed", f -> new ArrayList<>()).addAll(open);
      }
      if (!hidden.isEmpty()) {
        internal.computeIfAbsent("contributed", f -> new ArrayList<>()).addAll(hidden);
      }
    }
  }
}
