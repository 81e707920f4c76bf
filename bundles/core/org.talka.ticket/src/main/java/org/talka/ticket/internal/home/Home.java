/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.home;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.notice.NoticeRules;
import org.talka.ticket.internal.rule.Workflow;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.ConversationStore.LastReply;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.type.TicketType;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * What the current caller should do next, each ticket once and with the reason why it is shown.
 * Every part reads a bounded beginning of a list, so that the page costs the same at any size.
 */
@Component(service = Home.class)
public class Home {
  /** Of how many of the caller's own tickets the most urgent are chosen. */
  private static final int OWN = 200;

  /** Of how many others. */
  private static final int OTHERS = 50;

  private static final int SHOWN = 10;
  private static final int RECENT = 8;

  private final TicketLists lists;
  private final TicketStore store;
  private final ConversationStore conversation;
  private final Visibility visibility;
  private final Workflow workflow;
  private final TypeRegistry registry;
  private final Callers callers;
  private final Clock clock;

  @Activate
  public Home(
      @Reference TicketLists lists,
      @Reference TicketStore store,
      @Reference ConversationStore conversation,
      @Reference Visibility visibility,
      @Reference Workflow workflow,
      @Reference TypeRegistry registry,
      @Reference Callers callers) {
    this(lists, store, conversation, visibility, workflow, registry, callers, Clock.systemUTC());
  }

  Home(
      TicketLists lists,
      TicketStore store,
      ConversationStore conversation,
      Visibility visibility,
      Workflow workflow,
      TypeRegistry registry,
      Callers callers,
      Clock clock) {
    this.lists = lists;
    this.store = store;
    this.conversation = conversation;
    this.visibility = visibility;
    this.workflow = workflow;
    this.registry = registry;
    this.callers = callers;
    this.clock = clock;
  }

  /**
   * @param viewed keys of tickets that the caller looked at, the last one first
   */
  public List<HomeSection> sections(List<String> viewed) {
    Caller caller = callers.current();
    Urgency urgency = new Urgency(LocalDate.ofInstant(clock.instant(), caller.zone()));
    Set<Long> shown = new HashSet<>();
    List<HomeSection> sections = new ArrayList<>();
    sections.addAll(own(caller, urgency));
    sections.add(1, part("approval", () -> approval(caller)));
    sections.add(part("free", () -> free(caller, urgency)));
    sections.forEach(
        section -> section.items().forEach(item -> shown.add(item.ticket().id().value())));
    sections.add(recent(caller, viewed, shown));
    return sections;
  }

  private interface Part {
    HomeSection section();
  }

  /** While the search index is being filled the rest of the page is shown all the same. */
  private static HomeSection part(String key, Part part) {
    try {
      return part.section();
    } catch (DomainException refused) {
      if (refused.kind() != ErrorKind.UNAVAILABLE) {
        throw refused;
      }
      return new HomeSection(key, List.of(), "", false, true);
    }
  }

  /** What waits for an answer, and the rest of what is the caller's. */
  private List<HomeSection> own(Caller caller, Urgency urgency) {
    Filter mine =
        caller
            .person()
            .<Filter>map(me -> new Filter.Is("assignee", Long.toString(me.value())))
            .orElse(new Filter.None());
    Filter open = new Filter.Is("open", "true");
    List<TicketImage> tickets;
    try {
      tickets = lists.first(Filter.and(mine, open), TicketLists.NEWEST, OWN);
    } catch (DomainException refused) {
      if (refused.kind() != ErrorKind.UNAVAILABLE) {
        throw refused;
      }
      return List.of(
          new HomeSection("replied", List.of(), "", false, true),
          new HomeSection("mine", List.of(), "", false, true));
    }
    Map<Long, LastReply> last =
        conversation.lastReplies(tickets.stream().map(ticket -> ticket.id().value()).toList());
    List<HomeItem> replied = new ArrayList<>();
    List<HomeItem> rest = new ArrayList<>();
    for (TicketImage ticket : tickets) {
      LastReply reply = last.get(ticket.id().value());
      boolean waits =
          reply != null
              && ticket.requester().isPresent()
              && reply.author().equals(ticket.requester())
              && !ticket.requester().equals(caller.person());
      if (waits) {
        replied.add(
            new HomeItem(ticket, Reason.REPLIED, reply.at(), Optional.empty(), ticket.requester()));
      } else {
        rest.add(urgency.mine(ticket));
      }
    }
    return List.of(
        HomeSection.of("replied", Urgency.sorted(replied), "", SHOWN, false),
        HomeSection.of(
            "mine", Urgency.sorted(rest), "assignee:me state:open", SHOWN, tickets.size() == OWN));
  }

  /** The oldest first: nobody should wait for an approval longer than others. */
  private HomeSection approval(Caller caller) {
    Filter asked = caller.may(NoticeRules.APPROVE) ? approvable() : new Filter.None();
    if (asked instanceof Filter.None) {
      return new HomeSection("approval", List.of(), "", false, false);
    }
    List<TicketImage> found = lists.first(asked, "createdAt", OTHERS);
    List<HomeItem> items =
        found.stream()
            .filter(ticket -> mayApprove(caller, ticket))
            .map(
                ticket ->
                    new HomeItem(
                        ticket,
                        Reason.APPROVAL,
                        ticket.updatedAt(),
                        Optional.empty(),
                        ticket.requester()))
            .toList();
    return HomeSection.of("approval", items, "", SHOWN, found.size() == OTHERS);
  }

  private Filter approvable() {
    Filter any = new Filter.None();
    for (TicketType type : registry.types().offered()) {
      for (WorkflowDefinition.State state : type.workflow().states()) {
        if (state.category().open() && asksForApproval(type, state.key())) {
          any =
              Filter.or(
                  any,
                  Filter.and(
                      new Filter.Is("type", type.key()), new Filter.Is("state", state.key())));
        }
      }
    }
    return any;
  }

  private static boolean asksForApproval(TicketType type, String state) {
    return type.from(state).stream().anyMatch(t -> t.permission().equals(NoticeRules.APPROVE));
  }

  private boolean mayApprove(Caller caller, TicketImage ticket) {
    return registry
        .types()
        .find(ticket.type())
        .filter(type -> !type.missing())
        .filter(
            type ->
                type.from(ticket.state()).stream()
                    .filter(t -> t.permission().equals(NoticeRules.APPROVE))
                    .anyMatch(t -> workflow.open(caller, ticket, t)))
        .isPresent();
  }

  /** Of the caller's teams; of the whole desk for who is in none. */
  private HomeSection free(Caller caller, Urgency urgency) {
    Filter teams = new Filter.None();
    for (TeamId team : caller.teams()) {
      teams = Filter.or(teams, new Filter.Is("team", Long.toString(team.value())));
    }
    Filter free =
        Filter.and(new Filter.Is("open", "true"), new Filter.Not(new Filter.Exists("assignee")));
    Filter asked = caller.teams().isEmpty() ? free : Filter.and(free, teams);
    List<TicketImage> found = lists.first(asked, "-priority", OTHERS);
    List<HomeItem> items =
        Urgency.sorted(
            found.stream()
                .filter(ticket -> ticket.moduleMissing().isEmpty())
                .filter(ticket -> !awaitsApproval(ticket))
                .map(urgency::free)
                .toList());
    String query = "assignee:none state:open" + (caller.teams().isEmpty() ? "" : " team:mine");
    return HomeSection.of("free", items, query, SHOWN, found.size() == OTHERS);
  }

  /** Whoever takes it could do nothing with it yet. */
  private boolean awaitsApproval(TicketImage ticket) {
    return registry
        .types()
        .find(ticket.type())
        .filter(type -> asksForApproval(type, ticket.state()))
        .isPresent();
  }

  private HomeSection recent(Caller caller, List<String> viewed, Set<Long> shown) {
    Map<String, Long> ids = store.ids(viewed);
    Filter visible = visibility.of(caller);
    List<HomeItem> items =
        store
            .byIds(
                viewed.stream()
                    .distinct()
                    .filter(ids::containsKey)
                    .map(ids::get)
                    .filter(id -> !shown.contains(id))
                    .toList(),
                false)
            .stream()
            .filter(ticket -> FilterMatch.matches(visible, name -> TicketKeywords.of(ticket, name)))
            .map(
                ticket ->
                    new HomeItem(
                        ticket,
                        Reason.VIEWED,
                        ticket.updatedAt(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    return HomeSection.of("recent", items, "", RECENT, false);
  }
}
