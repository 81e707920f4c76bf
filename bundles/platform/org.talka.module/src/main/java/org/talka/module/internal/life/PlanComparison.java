/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.security.Audit;
import org.talka.api.text.Text;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.store.Journal;

/** Compares what was done with what had been planned. */
final class PlanComparison {
  private static final Logger LOG = LoggerFactory.getLogger(PlanComparison.class);

  private final Journal journal;
  private final ModuleHost host;
  private final DeclarationRegistry registry;
  private final Audit audit;
  private final Views views;

  PlanComparison(
      Journal journal, ModuleHost host, DeclarationRegistry registry, Audit audit, Views views) {
    this.journal = journal;
    this.host = host;
    this.registry = registry;
    this.audit = audit;
    this.views = views;
  }

  /** A difference is a bug: it is written down with the operation, in the log and the audit. */
  void compare(LifeCycle.Task task, PlanBody plan, PlanWatch watched) {
    if (plan.details() == null) {
      return;
    }
    List<String> bundles =
        plan.details().bundles().stream()
            // its own bundles are refreshed when they are gone, which no event shows
            .filter(change -> !change.change().equals("refresh"))
            .map(change -> PlanWatch.line(change.change(), change.bundle(), change.version()))
            .toList();
    List<String> declares =
        registry.current().stream()
            .filter(descriptor -> descriptor.module() && descriptor.id().equals(task.module()))
            .findFirst()
            .map(descriptor -> Offer.declared(descriptor, host.restBases(task.module())))
            .orElse(List.of());
    List<Text> differences = watched.differences(bundles, plan.details().declares(), declares);
    if (differences.isEmpty()) {
      return;
    }
    String said =
        differences.stream()
            .map(difference -> views.text(difference, Locale.ENGLISH))
            .collect(Collectors.joining(" "));
    LOG.warn("{} of module {} was not as planned: {}", task.action(), task.module(), said);
    journal.differs(task.operation(), differences);
    audit.recordAlways(
        "module.difference",
        "module:" + task.module(),
        Map.of("operation", task.operation(), "difference", said));
  }
}
