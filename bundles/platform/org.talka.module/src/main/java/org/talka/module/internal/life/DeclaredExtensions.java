/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.talka.api.text.Text;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.FieldType;
import org.talka.api.ticket.TicketAction;
import org.talka.api.ticket.TicketActionDefinition;
import org.talka.module.ModuleDescriptor;

/** Looks whether there is code for what a module declares that can't do without. */
final class DeclaredExtensions {
  private final BundleContext context;

  DeclaredExtensions(BundleContext context) {
    this.context = context;
  }

  /** The first thing that its descriptor names and nobody carries out. */
  Optional<Text> missing(Bundle bundle) {
    ModuleDescriptor descriptor = FrameworkHost.descriptor(bundle);
    for (TicketActionDefinition action : descriptor.actions()) {
      if (!offers(bundle, TicketAction.class, TicketAction.KEY, action.key())) {
        return Optional.of(Text.of("error.module.action.missing", "action", action.key()));
      }
    }
    for (FieldDefinition field : descriptor.fields()) {
      // a type of another module will do
      if (!FieldDefinition.BUILT_IN_TYPES.contains(field.type())
          && !offers(null, FieldType.class, FieldType.KEY, field.type())) {
        return Optional.of(
            Text.of("error.module.fieldType.missing", "field", field.key(), "type", field.type()));
      }
    }
    return Optional.empty();
  }

  /**
   * @param by whose it must be; null for anybody's
   */
  private boolean offers(Bundle by, Class<?> service, String property, String value) {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(service.getName(), "(" + property + "=*)");
      if (found == null) {
        return false;
      }
      for (ServiceReference<?> reference : found) {
        boolean his = by == null || by.equals(reference.getBundle());
        if (his && value.equals(reference.getProperty(property))) {
          return true;
        }
      }
      return false;
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
