/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.api.security.Caller;
import org.talka.api.security.RecordVisibility;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.ticket.internal.access.Hurdle.State;
import org.talka.ticket.internal.model.TicketImage;

/**
 * Which tickets a caller may see, or do something to: one condition that is matched on a record,
 * compiled to SQL and handed to the search index, so that the three can't disagree.
 *
 * <p>A module's rule that can't be asked (its module is switched or gone, it fails) hides all
 * records of the module's own types: what it would have said is not known. Records of other types
 * are shown as the desk itself would show them. Who administers modules sees the records of a
 * module without its rule: nobody else could look after them, and that person decides about the
 * rule's code anyway.
 */
@Component(service = Visibility.class)
public class Visibility {
  public static final String READ = "ticket:read";

  private static final String ADMINISTERS = "module:admin";
  private static final String CORE = "core";
  private static final Logger LOG = LoggerFactory.getLogger(Visibility.class);

  private final Gate gate;
  private final RuleOwners store;
  private final Extensions<RecordVisibility> extensions;

  /** Modules that have a rule, here or not; replaced under the monitor. */
  private volatile Set<String> owners;

  /** Those of {@link #owners} that were admitted at the last look; guarded by the monitor. */
  private final Set<String> admitted = new HashSet<>();

  @Activate
  public Visibility(@Reference Gate gate, @Reference RuleOwners store) {
    this.gate = gate;
    this.store = store;
    this.owners = Set.copyOf(store.all());
    this.extensions = gate.open(RecordVisibility.class);
    extensions.onChange(() -> look(true));
    look(false);
  }

  /**
   * Remembers who has a rule. A module is admitted when all of its services are there: if it has no
   * rule then, its version has none; a rule that vanishes later is away.
   *
   * @param watched whether a module that is admitted now was seen to come
   */
  private synchronized void look(boolean watched) {
    Set<String> now = new HashSet<>(owners);
    for (Extension<RecordVisibility> extension : extensions.all()) {
      String module = extension.module();
      if (!module.equals(CORE) && now.add(module)) {
        keep(() -> store.add(module), module);
      }
    }
    for (String owner : Set.copyOf(now)) {
      boolean here = gate.admitted(owner);
      boolean comes = here && admitted.add(owner);
      if (!here) {
        admitted.remove(owner);
      }
      if (watched && comes && extensions.of(owner).isEmpty()) {
        now.remove(owner);
        admitted.remove(owner);
        keep(() -> store.remove(owner), owner);
      }
    }
    owners = Set.copyOf(now);
  }

  private static void keep(Runnable write, String module) {
    try {
      write.run();
    } catch (RuntimeException away) {
      LOG.error(
          "Whether module {} hides records was not remembered beyond a restart", module, away);
    }
  }

  @Deactivate
  public void close() {
    extensions.close();
  }

  /** What the caller may see. */
  public Filter of(Caller caller) {
    return sight(caller).filter();
  }

  /** What the caller may see, in the parts that decide it. */
  public Sight sight(Caller caller) {
    Reach reach = Reach.of(caller, READ);
    boolean asksNobody = reach.grounds().isEmpty() || caller.kind() == Caller.Kind.SYSTEM;
    return new Sight(reach, asksNobody ? List.of() : hurdles(caller));
  }

  private List<Hurdle> hurdles(Caller caller) {
    List<Extension<RecordVisibility>> rules = extensions.all();
    List<Hurdle> hurdles = new ArrayList<>();
    RecordVisibility.Context context = () -> caller;
    Set<String> away = new TreeSet<>(owners);
    Set<String> failed = new HashSet<>();
    for (Extension<RecordVisibility> extension : rules) {
      String module = extension.module();
      Optional<Filter> narrower = ask(extension, context);
      narrower.ifPresent(filter -> hurdles.add(new Hurdle(module, State.ASKED, filter)));
      if (narrower.isPresent()) {
        away.remove(module);
      } else {
        failed.add(module);
      }
    }
    away.addAll(failed);
    boolean administers = caller.may(ADMINISTERS);
    for (String module : away) {
      hurdles.add(
          administers
              ? new Hurdle(module, State.EXCUSED, new Filter.All())
              : new Hurdle(module, State.AWAY, new Filter.Not(new Filter.Is("module", module))));
    }
    return hurdles;
  }

  /** Absent when the rule can't be asked. */
  private static Optional<Filter> ask(
      Extension<RecordVisibility> extension, RecordVisibility.Context context) {
    try {
      return extension.callIfOpen(
          rule -> {
            Filter narrower = rule.visible(context);
            check(narrower, extension);
            return narrower;
          });
    } catch (DomainException failed) {
      LOG.debug("The rule {} was not asked", extension.name(), failed);
      return Optional.empty();
    }
  }

  public boolean sees(Caller caller, TicketImage ticket) {
    return sight(caller).sees(ticket);
  }

  /** Whether a permission of the caller reaches the ticket. */
  public boolean may(Caller caller, String permission, TicketImage ticket) {
    return Reach.of(caller, permission).covers(ticket);
  }

  /** Whether the caller sees a record of which only the keywords are at hand. */
  public boolean sees(Caller caller, Function<String, Set<String>> keywords) {
    return FilterMatch.matches(of(caller), keywords);
  }

  /** How far a permission reaches, as a condition; a wider scope includes the narrower. */
  public static Filter scope(Caller caller, String permission) {
    return Reach.of(caller, permission).filter();
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
