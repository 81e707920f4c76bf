/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.gate.Gate;
import org.talka.security.NewPerson;
import org.talka.security.PeopleAdministration;
import org.talka.ticket.internal.rating.Ratings;
import org.talka.ticket.internal.service.Conversation;
import org.talka.ticket.internal.service.Links;
import org.talka.ticket.internal.service.PastTime;
import org.talka.ticket.internal.service.TicketDesk;
import org.talka.ticket.internal.store.SampleStore;
import org.talka.ticket.internal.store.TicketStore;
import org.talka.ticket.internal.task.Tasks;
import org.talka.ticket.internal.type.TicketTypes;
import org.talka.ticket.internal.type.TypeRegistry;

/**
 * Fills an empty desk with a demonstration when the environment variable {@code TALKA_DEMO} is
 * {@code true}: people without passwords, teams, and tickets of the last sixty days with their
 * conversations, all made through the same services as everything else. Then modules bring theirs,
 * those that are there and those that come while it runs.
 */
@Component(service = DemoData.class, immediate = true)
public class DemoData {
  private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
  private static final int PATIENCE_SECONDS = 120;

  private final PeopleAdministration administration;
  private final People people;
  private final Callers callers;
  private final TypeRegistry registry;
  private final TicketStore store;
  private final TicketDesk desk;
  private final Conversation conversation;
  private final Links links;
  private final Tasks tasks;
  private final Ratings ratings;
  private final PastTime time;
  private final Samples samples;
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Activate
  public DemoData(
      @Reference PeopleAdministration administration,
      @Reference People people,
      @Reference Callers callers,
      @Reference TypeRegistry registry,
      @Reference TicketStore store,
      @Reference TicketDesk desk,
      @Reference Conversation conversation,
      @Reference Links links,
      @Reference Tasks tasks,
      @Reference Ratings ratings,
      @Reference PastTime time,
      @Reference Gate gate,
      @Reference SampleStore filled,
      @Reference Transactions transactions) {
    this.administration = administration;
    this.people = people;
    this.callers = callers;
    this.registry = registry;
    this.store = store;
    this.desk = desk;
    this.conversation = conversation;
    this.links = links;
    this.tasks = tasks;
    this.ratings = ratings;
    this.time = time;
    this.samples = new Samples(gate, filled, people, callers, transactions, time);
    if ("true".equals(System.getenv("TALKA_DEMO"))) {
      Thread teller = new Thread(this::tell, "talka-demo");
      teller.setDaemon(true);
      teller.start();
    }
  }

  @Deactivate
  public void close() {
    stopped.countDown();
    samples.close();
  }

  private void tell() {
    try {
      if (!described()) {
        return;
      }
      if (store.none()) {
        int tickets = tell(DemoStory.read());
        samples.begin();
        LOG.info("Made a demonstration of {} tickets", tickets);
      }
      samples.follow();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("The demonstration can't be made", e);
    }
  }

  /** The desk's types, and the grants that come with them, are declared while the server starts. */
  private boolean described() throws InterruptedException {
    for (int i = 0; i < PATIENCE_SECONDS * 5; i++) {
      TicketTypes types = registry.types();
      if (types.find("incident").isPresent() && types.find("request").isPresent()) {
        return true;
      }
      if (stopped.await(200, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  int tell(DemoStory story) {
    Caller system = callers.system("core");
    callers.as(
        system,
        () -> {
          for (List<String> one : story.organisations()) {
            if (people.organisationByKey(one.get(0)).isEmpty()) {
              administration.createOrganisation(one.get(0), one.get(1));
            }
          }
          for (List<String> one : story.teams()) {
            if (people.teamByKey(one.get(0)).isEmpty()) {
              administration.createTeam(one.get(0), one.get(1));
            }
          }
          story.people().forEach(this::person);
          return null;
        });
    Map<String, String> keys = new HashMap<>();
    Map<String, Instant> last = new HashMap<>();
    for (DemoTimes.Told told : new DemoTimes(Instant.now()).tell(story.tickets())) {
      if (stopped.getCount() == 0) {
        return keys.size();
      }
      String subject = (String) told.ticket().values().get("subject");
      keys.put(subject, ticket(told));
      last.put(subject, told.last());
    }
    for (List<String> link : story.links()) {
      Instant from = last.get(link.get(0));
      Instant to = last.get(link.get(2));
      // somebody sees it when both are known
      time.at(
          from.isAfter(to) ? from : to,
          () ->
              callers.as(
                  system,
                  () -> links.link(keys.get(link.get(0)), link.get(1), keys.get(link.get(2)))));
    }
    return keys.size();
  }

  private void person(List<Object> one) {
    String username = (String) one.get(0);
    if (people.personByUsername(username).isPresent()) {
      return;
    }
    @SuppressWarnings("unchecked")
    List<String> teams = (List<String>) one.get(4);
    administration.createPerson(
        NewPerson.of(username, (String) one.get(1))
            .withEmail(username + "@example.org")
            .withRoles(Set.of((String) one.get(2)))
            .withTeams(Set.copyOf(teams))
            .withOrganisation((String) one.get(5))
            .withLocale(Locale.forLanguageTag((String) one.get(3)), ZoneId.of("Europe/Riga")));
  }

  private String ticket(DemoTimes.Told told) {
    DemoStory.DemoTicket ticket = told.ticket();
    Map<String, Object> values = new LinkedHashMap<>(ticket.values());
    values.put("requester", ticket.requester());
    LocalDate made = told.made().atZone(ZoneOffset.UTC).toLocalDate();
    if (ticket.neededIn() > 0) {
      values.put("neededBy", made.plusDays(ticket.neededIn()).toString());
    }
    // the desk takes the call; what the requester could not fill in, it fills in
    Caller taker = callers.system("core");
    String key =
        time.at(
            told.made(),
            () -> callers.as(taker, () -> desk.create(ticket.type(), values, true)).key());
    for (int i = 0; i < told.steps().size(); i++) {
      List<Object> step = ticket.steps().get(i);
      Caller who = who((String) step.get(1));
      time.at(
          told.steps().get(i),
          () ->
              callers.as(
                  who,
                  () -> {
                    step(key, step);
                    return null;
                  }));
    }
    return key;
  }

  private void step(String key, List<Object> step) {
    String text = (String) step.get(2);
    switch ((String) step.get(0)) {
      case "say" -> conversation.say(key, text, false, List.of());
      case "note" -> conversation.say(key, text, true, List.of());
      case "task" -> {
        LocalDate due = LocalDate.now(ZoneOffset.UTC).plusDays((Integer) step.get(4));
        tasks.add(key, Map.of("title", text, "assignee", step.get(3), "due", due.toString()));
      }
      case "rate" -> ratings.rate(key, Optional.empty(), (Integer) step.get(3), text);
      default -> {
        @SuppressWarnings("unchecked")
        Map<String, Object> fields = (Map<String, Object>) step.get(4);
        desk.transition(
            key,
            Optional.empty(),
            text,
            fields,
            Optional.of((String) step.get(3)).filter(comment -> !comment.isBlank()),
            false,
            true);
      }
    }
  }

  private Caller who(String username) {
    return new DemoCaller(people.personByUsername(username).orElseThrow(), people);
  }
}
