/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.ArrayList;
import java.util.List;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.ticket.internal.access.Ground.Kind;
import org.talka.ticket.internal.model.TicketImage;

/**
 * How far a permission of a caller reaches: over the tickets for which there is any of the grounds.
 * What is decided and what is explained both follow from them.
 */
public record Reach(GrantScope scope, List<Ground> grounds) {
  public Reach {
    grounds = List.copyOf(grounds);
  }

  /** A wider scope includes the narrower. */
  public static Reach of(Caller caller, String permission) {
    GrantScope scope = caller.grant(permission);
    List<Ground> grounds = new ArrayList<>();
    if (scope == GrantScope.ALL) {
      grounds.add(Ground.everything());
    } else if (scope != GrantScope.NONE) {
      caller.person().ifPresent(me -> own(Long.toString(me.value()), grounds));
      if (scope.compareTo(GrantScope.TEAM) >= 0) {
        caller.teams().forEach(t -> grounds.add(Ground.group(Kind.TEAM, "team", t.value())));
      }
      if (scope == GrantScope.ORGANISATION) {
        caller
            .organisation()
            .ifPresent(
                o -> grounds.add(Ground.group(Kind.ORGANISATION, "organisation", o.value())));
      }
    }
    return new Reach(scope, grounds);
  }

  private static void own(String me, List<Ground> grounds) {
    grounds.add(Ground.self(Kind.REQUESTER, "requester", me));
    grounds.add(Ground.self(Kind.WATCHER, "watcher", me));
    grounds.add(Ground.self(Kind.ASSIGNEE, "assignee", me));
  }

  /** The tickets that it reaches, as a condition. */
  public Filter filter() {
    Filter filter = new Filter.None();
    for (Ground ground : grounds) {
      filter = Filter.or(filter, ground.filter());
    }
    return filter;
  }

  /** The grounds that there are for a ticket. */
  public List<Ground> on(TicketImage ticket) {
    return grounds.stream().filter(ground -> ground.covers(ticket)).toList();
  }

  public boolean covers(TicketImage ticket) {
    return grounds.stream().anyMatch(ground -> ground.covers(ticket));
  }
}
