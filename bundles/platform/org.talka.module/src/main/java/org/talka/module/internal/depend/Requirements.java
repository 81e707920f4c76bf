/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.talka.api.text.Text;
import org.talka.module.internal.intake.ManifestClause;

/** Compares what an archive needs with what is offered, without installing it. Pure. */
public final class Requirements {
  private Requirements() {}

  /**
   * Something that an archive needs and nobody offers.
   *
   * @param remedy what to do about it
   */
  public record Missing(Text what, Text remedy) {}

  /** What it misses but other modules, which {@link Need} is about. */
  public static List<Missing> missing(Wiring archive, Offers offers) {
    Set<Missing> missing = new LinkedHashSet<>();
    // what a bundle offers itself it also gets
    Set<String> own = archive.exportedPackages();
    for (ManifestClause clause : archive.imports()) {
      VersionRange range = new VersionRange(clause.attributes().getOrDefault("version", "0"));
      for (String name : clause.paths()) {
        List<Version> offered = own.contains(name) ? List.of() : offers.versions(name);
        if (!own.contains(name) && offered.stream().noneMatch(range::includes)) {
          missing.add(lacking(name, range, offered));
        }
      }
    }
    for (ManifestClause clause : archive.requirements()) {
      if (Need.of(clause).isEmpty() && isToBeResolved(clause) && !resolvable(clause, offers)) {
        missing.add(new Missing(named(clause), Text.of("module.remedy.capability")));
      }
    }
    return List.copyOf(missing);
  }

  private static Missing lacking(String name, VersionRange range, List<Version> offered) {
    Text what =
        offered.isEmpty()
            ? Text.of("module.blocker.package", "package", name, "version", range.toString())
            : Text.of(
                "module.blocker.packageVersion",
                "package",
                name,
                "version",
                range.toString(),
                "offered",
                offered.stream()
                    .sorted()
                    .distinct()
                    .map(Version::toString)
                    .collect(Collectors.joining(", ")));
    return new Missing(what, Text.of("module.remedy.package"));
  }

  /** What is needed only at run time comes and goes, and the components wait for it. */
  private static boolean isToBeResolved(ManifestClause clause) {
    Map<String, String> directives = clause.directives();
    return Constants.EFFECTIVE_RESOLVE.equals(
            directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, Constants.EFFECTIVE_RESOLVE))
        && !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE));
  }

  private static boolean resolvable(ManifestClause clause, Offers offers) {
    String filter = clause.directives().get(Constants.FILTER_DIRECTIVE);
    try {
      Optional<Filter> wanted =
          filter == null ? Optional.empty() : Optional.of(FrameworkUtil.createFilter(filter));
      return clause.paths().stream().allMatch(namespace -> offers.satisfies(namespace, wanted));
    } catch (InvalidSyntaxException wrong) {
      return false;
    }
  }

  private static Text named(ManifestClause clause) {
    return Text.of(
        "module.blocker.capability",
        "namespace",
        clause.paths().get(0),
        "filter",
        clause.directives().getOrDefault(Constants.FILTER_DIRECTIVE, ""));
  }
}
