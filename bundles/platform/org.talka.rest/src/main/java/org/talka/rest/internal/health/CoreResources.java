/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.health;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.jakartars.whiteboard.JakartarsWhiteboardConstants;
import org.talka.module.ReadinessCheck;
import org.talka.rest.internal.application.Applications;

/**
 * Ready when every REST resource that a bundle of the desk describes is in service, so that the
 * first request after it finds what it asks for. Modules have no say: the desk works without them.
 */
@Component
public final class CoreResources implements ReadinessCheck {
  private final BundleContext context;
  private final ServiceComponentRuntime components;
  private final Applications applications;

  @Activate
  public CoreResources(
      BundleContext context,
      @Reference ServiceComponentRuntime components,
      @Reference Applications applications) {
    this.context = context;
    this.components = components;
    this.applications = applications;
  }

  @Override
  public String name() {
    return "rest";
  }

  @Override
  public boolean ready() {
    return applications.settled() && missing().isEmpty();
  }

  @Override
  public Map<String, String> detail() {
    List<String> missing = missing();
    return missing.isEmpty()
        ? Map.of("applications", Integer.toString(applications.current().size()))
        : Map.of("missing", String.join(", ", missing));
  }

  /** Described resources that are not in service, each with what it waits for. */
  private List<String> missing() {
    Set<String> served = new HashSet<>();
    for (Applications.Served application : applications.current()) {
      application.resources().forEach(resource -> served.add(resource.getName()));
    }
    List<String> missing = new ArrayList<>();
    for (ComponentDescriptionDTO description :
        components.getComponentDescriptionDTOs(deskBundles())) {
      boolean resource =
          "true"
              .equals(
                  String.valueOf(
                      description.properties.get(
                          JakartarsWhiteboardConstants.JAKARTA_RS_RESOURCE)));
      if (resource && !served.contains(description.implementationClass)) {
        missing.add(description.name + waitsFor(description));
      }
    }
    return missing;
  }

  private String waitsFor(ComponentDescriptionDTO description) {
    StringBuilder reasons = new StringBuilder();
    for (ComponentConfigurationDTO configuration :
        components.getComponentConfigurationDTOs(description)) {
      for (var reference : configuration.unsatisfiedReferences) {
        reasons.append(reasons.length() == 0 ? " (waits for " : ", ").append(reference.name);
      }
    }
    return reasons.length() == 0 ? "" : reasons.append(')').toString();
  }

  private Bundle[] deskBundles() {
    List<Bundle> bundles = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean talka =
          bundle.getSymbolicName() != null && bundle.getSymbolicName().startsWith("org.talka.");
      if (talka && bundle.getHeaders("").get("Talka-Module") == null) {
        bundles.add(bundle);
      }
    }
    return bundles.toArray(Bundle[]::new);
  }
}
