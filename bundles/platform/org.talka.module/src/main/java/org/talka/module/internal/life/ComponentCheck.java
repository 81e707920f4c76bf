/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Collection;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentConstants;
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

  /** The component that failed when it was activated, and won't be tried again by itself. */
  Optional<Text> failure(Bundle bundle) {
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs(bundle)) {
      for (ComponentConfigurationDTO configuration :
          components.getComponentConfigurationDTOs(description)) {
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          return Optional.of(failed(description));
        }
      }
    }
    return Optional.empty();
  }

  private static Text failed(ComponentDescriptionDTO description) {
    return Text.of("error.module.component.failed", "component", simple(description.name));
  }

  /**
   * A component that nobody uses yet is satisfied without its class having been looked at: each is
   * borrowed once, so that one that can't be made is found now and not by a user.
   *
   * @param borrower in whose name
   * @return the first that could not be made
   */
  Optional<Text> tryOut(Bundle bundle, BundleContext borrower) {
    ServiceReference<?>[] offered = bundle.getRegisteredServices();
    if (offered == null) {
      return Optional.empty();
    }
    for (ServiceReference<?> reference : offered) {
      Object name = reference.getProperty(ComponentConstants.COMPONENT_NAME);
      if (name != null && !works(reference, borrower)) {
        return Optional.of(
            Text.of("error.module.component.failed", "component", simple(name.toString())));
      }
    }
    return Optional.empty();
  }

  private static boolean works(ServiceReference<?> reference, BundleContext borrower) {
    if (borrower.getService(reference) == null) {
      return false;
    }
    borrower.ungetService(reference);
    return true;
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
        return Optional.of(failed(description));
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
        simple(description.name),
        "reference",
        reference);
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
