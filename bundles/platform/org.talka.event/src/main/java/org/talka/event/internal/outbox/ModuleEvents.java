/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.outbox;

import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.talka.api.event.DomainEvents;

/**
 * Where one bundle announces events. Its module is known from the bundle: a module announces only
 * events of its own, as many as its budget allows; the desk announces what it likes.
 */
@Component(service = DomainEvents.class, scope = ServiceScope.BUNDLE)
public final class ModuleEvents implements DomainEvents {
  private static final String HEADER = "Talka-Module";

  private final Outbox outbox;
  private final EventBudgets budgets;
  private final Optional<String> module;

  @Activate
  public ModuleEvents(
      ComponentContext context, @Reference Outbox outbox, @Reference EventBudgets budgets) {
    this(moduleOf(context.getUsingBundle()), outbox, budgets);
  }

  ModuleEvents(Optional<String> module, Outbox outbox, EventBudgets budgets) {
    this.module = module;
    this.outbox = outbox;
    this.budgets = budgets;
  }

  private static Optional<String> moduleOf(Bundle bundle) {
    return Optional.ofNullable(bundle)
        .map(by -> by.getHeaders("").get(HEADER))
        .map(header -> header.split(";", 2)[0].trim());
  }

  /**
   * @throws IllegalArgumentException if a module announces an event that is not its own
   * @throws org.talka.api.error.DomainException TOO_MANY if it announces too many
   */
  @Override
  public void publish(String type, String subject, Map<String, Object> data) {
    if (module.isPresent()) {
      if (!type.startsWith(module.get() + ".")) {
        throw new IllegalArgumentException(
            "the events of module "
                + module.get()
                + " begin with its id and a dot, not so: "
                + type);
      }
      budgets.take(module.get());
    }
    outbox.publish(type, subject, data);
  }
}
