/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.security.Caller;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketLink;
import org.talka.api.ticket.Tickets;

/**
 * Tells the requesters of linked incidents what helps: once per edition, so that agents can see
 * which text each of them has.
 */
@Component(service = Workarounds.class)
public class Workarounds {
  static final String CAUSES = "problem.causes";

  private final Tickets tickets;
  private final ProblemStore store;
  private final Translator translator;

  @Activate
  public Workarounds(
      @Reference Tickets tickets, @Reference ProblemStore store, @Reference Translator translator) {
    this.tickets = tickets;
    this.store = store;
    this.translator = translator;
  }

  /** Publishes the problem's workaround and sends it to every open linked incident. */
  public void publish(Ticket problem, Caller caller) {
    String workaround = workaroundOf(problem);
    if (workaround.isBlank()) {
      throw DomainException.invalid("workaround", "error.problem.no-workaround");
    }
    Publication publication = store.publish(problem.key(), workaround, caller.username());
    for (TicketLink link : tickets.links(problem.key())) {
      if (link.outgoing() && link.type().equals(CAUSES)) {
        deliver(publication, problem, link.other(), caller);
      }
    }
  }

  /** An incident joined a problem whose workaround is out already: it gets it, too. */
  void deliverPublished(Ticket problem, Ticket incident, Caller caller) {
    Optional<Publication> latest = store.latest(problem.key());
    latest.ifPresent(publication -> deliver(publication, problem, incident, caller));
  }

  static String workaroundOf(Ticket problem) {
    return problem.fields().get("workaround") instanceof String text ? text : "";
  }

  private void deliver(Publication publication, Ticket problem, Ticket incident, Caller caller) {
    if (!incident.category().open() || !store.deliver(publication, incident.key())) {
      return;
    }
    String reply =
        translator.translate(
            Text.of(
                "problem.reply",
                "problem",
                problem.key(),
                "subject",
                problem.subject(),
                "workaround",
                publication.workaround()),
            caller.locale());
    tickets.comment(incident.key(), reply, false);
  }
}
