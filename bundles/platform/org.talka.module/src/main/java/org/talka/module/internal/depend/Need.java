/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.talka.module.internal.intake.ManifestClause;

/**
 * That a module needs another: a requirement in the namespace {@code talka.module} whose filter
 * names it (OSGi Core, 3.3). An optional one is no need.
 *
 * @param module id of the one that is needed
 * @param filter the whole filter, which also says in which version
 */
public record Need(String module, String filter) {
  /** Namespace of the capability that every module offers: its id, and the version of its offer. */
  public static final String NAMESPACE = "talka.module";

  private static final Pattern MODULE = Pattern.compile("\\(talka\\.module=([a-z0-9-]+)\\)");

  /** The other module that a requirement names, if it names one. */
  public static Optional<Need> of(ManifestClause requirement) {
    String filter = requirement.directives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    Matcher id = MODULE.matcher(filter);
    boolean optional =
        Constants.RESOLUTION_OPTIONAL.equals(
            requirement.directives().get(Constants.RESOLUTION_DIRECTIVE));
    return requirement.paths().contains(NAMESPACE) && !optional && id.find()
        ? Optional.of(new Need(id.group(1), filter))
        : Optional.empty();
  }

  /** What an archive needs of other modules, in its own order. */
  public static List<Need> of(Wiring archive) {
    List<Need> needs = new ArrayList<>();
    for (ManifestClause requirement : archive.requirements()) {
      of(requirement)
          .filter(need -> !need.module().equals(archive.module()) && !needs.contains(need))
          .ifPresent(needs::add);
    }
    return List.copyOf(needs);
  }

  /** Whether this version of the other module is one that will do. */
  public boolean isMetBy(Wiring other) {
    try {
      Filter wanted = FrameworkUtil.createFilter(filter);
      return other.capabilities().stream()
          .filter(offer -> offer.paths().contains(NAMESPACE))
          .anyMatch(offer -> wanted.matches(attributes(offer)));
    } catch (InvalidSyntaxException wrong) {
      return false;
    }
  }

  private static Map<String, Object> attributes(ManifestClause offer) {
    Map<String, Object> attributes = new HashMap<>(offer.attributes());
    attributes.computeIfPresent(
        Constants.VERSION_ATTRIBUTE, (name, text) -> Version.parseVersion(text.toString()));
    return attributes;
  }
}
