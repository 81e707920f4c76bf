/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;
import org.talka.gate.Gate;
import org.talka.gate.Harm;

/**
 * Keeps a module from flooding everybody who follows the events: each event costs the database a
 * row and every listener a call. The desk itself has no limit.
 */
@Component(service = EventBudgets.class, configurationPid = "org.talka.event")
public final class EventBudgets {
  private static final Logger LOG = LoggerFactory.getLogger(EventBudgets.class);
  private static final java.time.Duration RETRY_AFTER = java.time.Duration.ofSeconds(5);

  private final Gate gate;
  private final int perSecond;
  private final int burst;
  private final LongSupplier nanos;
  private final Map<String, EventBudget> budgets = new ConcurrentHashMap<>();

  /** How many events a module may announce. */
  public @interface Configuration {
    /** On average, a second. */
    int budget_perSecond() default 100;

    /** At once, after it was quiet for a while. */
    int budget_burst() default 2000;
  }

  @Activate
  public EventBudgets(Configuration configuration, @Reference Gate gate) {
    this(configuration.budget_perSecond(), configuration.budget_burst(), gate, System::nanoTime);
  }

  EventBudgets(int perSecond, int burst, Gate gate, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.gate = gate;
    this.nanos = nanos;
  }

  /**
   * @throws DomainException TOO_MANY when the module has used up its budget
   */
  void take(String module) {
    EventBudget budget =
        budgets.computeIfAbsent(module, id -> new EventBudget(perSecond, burst, nanos));
    EventBudget.Answer answer = budget.take();
    if (answer == EventBudget.Answer.YES) {
      return;
    }
    if (answer == EventBudget.Answer.NO_AND_SAY_SO) {
      LOG.warn(
          "Module {} announces more than {} events a second; {} were refused",
          module,
          perSecond,
          budget.refused());
      gate.accuse(module, Harm.FLOOD, "> " + perSecond + "/s");
    }
    throw new DomainException(
        ErrorKind.TOO_MANY,
        Text.of("error.event.flood", "module", module, "most", perSecond),
        List.of(),
        RETRY_AFTER);
  }
}
