/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.module.ModuleState;
import org.talka.module.RegistryListener;
import org.talka.module.internal.declare.DeclarationRegistry;

/**
 * What failed of modules in people's browsers, as their pages tell it, since the module started. It
 * flags a module for administrators and does no more: a browser's word must not take a module out.
 * Only parts that modules declare are kept, so there is an end to it. Thread-safe.
 */
@Component(service = {PageFaults.class, RegistryListener.class})
public final class PageFaults implements RegistryListener {
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** So many failures of a part within {@link #WINDOW} flag it. */
  static final int FLAGGED = 3;

  /** More from one person within {@link #WINDOW} says nothing new. */
  static final int MOST_OF_ONE = 20;

  private static final int MOST_SAID = 300;
  private static final Logger LOG = LoggerFactory.getLogger(PageFaults.class);
  private static final Set<String> CLEAN =
      Set.of(ModuleState.STARTING.name(), ModuleState.QUARANTINED.name());

  private final DeclarationRegistry registry;
  private final Clock clock;

  /** Guarded by this object, as is what is in them. */
  private final Map<Part, Tally> tallies = new HashMap<>();

  private final Map<String, Deque<Instant>> reporters = new HashMap<>();

  @Activate
  public PageFaults(@Reference DeclarationRegistry registry) {
    this(registry, Clock.systemUTC());
  }

  PageFaults(DeclarationRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /** Where a module shows something. */
  public record Part(String module, String point, String key) {}

  /**
   * A part that failed.
   *
   * @param people in how many people's browsers
   * @param message of the last time
   * @param flagged whether so often that administrators should look
   */
  public record Fault(
      Part part, int failures, int people, String message, Instant lastAt, boolean flagged) {}

  private static final class Tally {
    private final Deque<Instant> recent = new ArrayDeque<>();
    private final Set<String> people = new HashSet<>();
    private int failures;
    private String message = "";
    private Instant last;
    private boolean flagged;
  }

  /**
   * Counts a failure; one of a part that is not declared, or of another version, is none.
   *
   * @param version of the module that the page had loaded
   */
  public void report(String person, Part part, String version, String message) {
    if (!declared(part, version) || !mark(person, part, message)) {
      return;
    }
    LOG.info("{} {} of module {} keeps failing in browsers", part.point, part.key, part.module);
    // whoever has the page of modules open sees it
    registry.changed(part.module, ModuleState.ACTIVE.name());
  }

  private boolean declared(Part part, String version) {
    return registry.declared().stream()
        .map(DeclarationRegistry.Declared::descriptor)
        .filter(descriptor -> descriptor.module() && descriptor.id().equals(part.module))
        .filter(descriptor -> descriptor.version().equals(version))
        .flatMap(descriptor -> descriptor.ui().stream())
        .anyMatch(ui -> ui.point().equals(part.point) && ui.key().equals(part.key));
  }

  /**
   * @return whether the part is flagged since this moment
   */
  private synchronized boolean mark(String person, Part part, String message) {
    Instant now = clock.instant();
    reporters.values().forEach(times -> forget(times, now));
    reporters.values().removeIf(Deque::isEmpty);
    Deque<Instant> own = reporters.computeIfAbsent(person, any -> new ArrayDeque<>());
    if (own.size() >= MOST_OF_ONE) {
      return false;
    }
    own.addLast(now);
    Tally tally = tallies.computeIfAbsent(part, any -> new Tally());
    forget(tally.recent, now);
    tally.recent.addLast(now);
    tally.failures++;
    tally.people.add(person);
    tally.message = line(message);
    tally.last = now;
    boolean first = !tally.flagged && tally.recent.size() >= FLAGGED;
    tally.flagged |= first;
    return first;
  }

  private static void forget(Deque<Instant> times, Instant now) {
    while (!times.isEmpty() && times.peekFirst().isBefore(now.minus(WINDOW))) {
      times.removeFirst();
    }
  }

  private static String line(String message) {
    String said = message.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return said.length() > MOST_SAID ? said.substring(0, MOST_SAID) : said;
  }

  /** What failed of a module, the latest first. */
  public synchronized List<Fault> of(String module) {
    return tallies.entrySet().stream()
        .filter(entry -> entry.getKey().module.equals(module))
        .map(entry -> fault(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Fault::lastAt).reversed())
        .toList();
  }

  /** What administrators should look at. */
  public synchronized List<Fault> flagged() {
    return tallies.entrySet().stream()
        .filter(entry -> entry.getValue().flagged)
        .map(entry -> fault(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Fault::lastAt).reversed())
        .toList();
  }

  private static Fault fault(Part part, Tally tally) {
    return new Fault(
        part, tally.failures, tally.people.size(), tally.message, tally.last, tally.flagged);
  }

  @Override
  public synchronized void changed(long generation, String module, String state) {
    if (CLEAN.contains(state)) {
      tallies.keySet().removeIf(part -> part.module.equals(module));
    }
  }
}
