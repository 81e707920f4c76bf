/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.Set;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.GrantScope;
import org.talka.api.security.RecordVisibility;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.ticket.internal.model.TicketImage;

/**
 * Which tickets a caller may see, or do something to: one condition that is matched on a record,
 * compiled to SQL and handed to the search index, so that the three can't disagree.
 */
@Component(service = Visibility.class)
public class Visibility {
  public static final String READ = "ticket:read";

  private final Extensions<RecordVisibility> extensions;

  @Activate
  public Visibility(@Reference Gate gate) {
    this.extensions = gate.open(RecordVisibility.class);
  }

  @Deactivate
  public void close() {
    extensions.close();
  }

  /** What the caller may see. */
  public Filter of(Caller caller) {
    Filter filter = scope(caller, READ);
    if (filter instanceof Filter.None || caller.kind() == Caller.Kind.SYSTEM) {
      return filter;
    }
    RecordVisibility.Context context = () -> caller;
    for (Extension<RecordVisibility> extension : extensions.all()) {
      Filter narrower = extension.call(rule -> rule.visible(context));
      check(narrower, extension);
      filter = Filter.and(filter, narrower);
    }
    return filter;
  }

  public boolean sees(Caller caller, TicketImage ticket) {
    return FilterMatch.matches(of(caller), field -> TicketKeywords.of(ticket, field));
  }

  /** Whether a permission of the caller reaches the ticket. */
  public boolean may(Caller caller, String permission, TicketImage ticket) {
    return FilterMatch.matches(
        scope(caller, permission), field -> TicketKeywords.of(ticket, field));
  }

  /** Whether the caller sees a record of which only the keywords are at hand. */
  public boolean sees(Caller caller, Function<String, Set<String>> keywords) {
    return FilterMatch.matches(of(caller), keywords);
  }

  /** How far a permission reaches, as a condition; a wider scope includes the narrower. */
  public static Filter scope(Caller caller, String permission) {
    GrantScope scope = caller.grant(permission);
    if (scope == GrantScope.ALL) {
      return new Filter.All();
    }
    Filter filter = new Filter.None();
    if (scope == GrantScope.NONE) {
      return filter;
    }
    if (caller.person().isPresent()) {
      String me = Long.toString(caller.person().get().value());
      filter = Filter.or(filter, new Filter.Is("requester", me));
      filter = Filter.or(filter, new Filter.Is("watcher", me));
      filter = Filter.or(filter, new Filter.Is("assignee", me));
    }
    if (scope.compareTo(GrantScope.TEAM) >= 0) {
      for (var team : caller.teams()) {
        filter = Filter.or(filter, new Filter.Is("team", Long.toString(team.value())));
      }
    }
    if (scope == GrantScope.ORGANISATION && caller.organisation().isPresent()) {
      String organisation = Long.toString(caller.organisation().get().value());
      filter = Filter.or(filter, new Filter.Is("organisation", organisation));
    }
    return filter;
  }

  /** An extension's rule must be one that all three interpretations know. */
  private static void check(Filter filter, Extension<?> by) {
    boolean known =
        filter instanceof Filter.All
            || filter instanceof Filter.None
            || filter instanceof Filter.Is is && TicketKeywords.BUILT_IN.contains(is.field());
    if (filter instanceof Filter.AllOf all) {
      all.parts().forEach(part -> check(part, by));
    } else if (filter instanceof Filter.AnyOf any) {
      any.parts().forEach(part -> check(part, by));
    } else if (filter instanceof Filter.Not not) {
      check(not.part(), by);
    } else if (!known) {
      throw new IllegalStateException(by.name() + " hides tickets by an unknown rule: " + filter);
    }
  }
}
