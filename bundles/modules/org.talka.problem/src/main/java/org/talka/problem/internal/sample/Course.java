/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.talka.api.module.SampleData.Context;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.Tickets;

/**
 * How things go with one problem: it begins after the last of its incidents, and what happens to it
 * is spread evenly up to now.
 */
final class Course {
  private static final Duration WITHOUT_INCIDENTS = Duration.ofDays(9);

  private final Context context;
  private final List<String> incidents = new ArrayList<>();
  private final Duration pause;
  private Instant time;

  /**
   * @param moments how much happens at most
   * @param subjects of its incidents; those that are not there are left out
   */
  Course(Context context, Tickets tickets, int moments, String... subjects) {
    this.context = context;
    Optional<Instant> last = Optional.empty();
    for (String subject : subjects) {
      Optional<Ticket> incident = context.ticket(subject).map(tickets::get);
      if (incident.isPresent()) {
        incidents.add(incident.get().key());
        Instant made = incident.get().createdAt();
        last = Optional.of(last.filter(made::isBefore).orElse(made));
      }
    }
    this.time = last.orElse(context.now().minus(WITHOUT_INCIDENTS));
    this.pause = Duration.between(time, context.now()).dividedBy(moments + 1L);
  }

  List<String> incidents() {
    return incidents;
  }

  /** The next that happens. */
  <T> T then(String username, Supplier<T> work) {
    time = time.plus(pause);
    return context.as(username, time, work);
  }
}
