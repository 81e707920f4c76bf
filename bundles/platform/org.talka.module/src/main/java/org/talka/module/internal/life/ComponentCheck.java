/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.talka.api.text.Text;

/** Says which component of a bundle can't work yet, and what it waits for. */
final class ComponentCheck {
  private final ServiceComponentRuntime components;

  ComponentCheck(ServiceComponentRuntime components) {
    this.components = components;
  }

  /** What is wrong with the bundle's components; absent when all of them can work. */
  Optional<Text> problem(Bundle bundle) {
    if (bundle.getHeaders("").get("Service-Component") == null) {
      return Optional.empty();
    }
    Collection<ComponentDescriptionDTO> descriptions =
        components.getComponentDescriptionDTOs(bundle);
    if (descriptions.isEmpty()) {
      return Optional.of(Text.of("error.module.components"));
    }
    for (ComponentDescriptionDTO description : descriptions) {
      if (components.isComponentEnabled(description)) {
        Optional<Text> problem = problem(description);
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Text> problem(ComponentDescriptionDTO description) {
    Collection<ComponentConfigurationDTO> configurations =
        components.getComponentConfigurationDTOs(description);
    boolean needsConfiguration = "require".equals(description.configurationPolicy);
    if (configurations.isEmpty() && !needsConfiguration) {
      return Optional.of(waits(description, ""));
    }
    for (ComponentConfigurationDTO configuration : configurations) {
      if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
        return Optional.of(
            Text.of("error.module.component.failed", "component", simple(description)));
      }
      if (configuration.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
        String reference =
            configuration.unsatisfiedReferences.length == 0
                ? ""
                : configuration.unsatisfiedReferences[0].name;
        return Optional.of(waits(description, reference));
      }
    }
    return Optional.empty();
  }

  private static Text waits(ComponentDescriptionDTO description, String reference) {
    return Text.of(
        "error.module.component.waits",
        "component",
        simple(description),
        "reference",
        reference);
  }

  private static String simple(ComponentDescriptionDTO description) {
    return description.name.substring(description.name.lastIndexOf('.') + 1);
  }
}
