/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.talka.api.text.Text;
import org.talka.module.internal.depend.Need;
import org.talka.module.internal.intake.ManifestClause;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.life.ModuleHost.Missing;

/** Compares what an archive needs with what the bundles here offer, without installing it. */
final class Requirements {
  private final BundleContext context;

  Requirements(BundleContext context) {
    this.context = context;
  }

  /**
   * What it misses but other modules, which are planned for on their own.
   *
   * @param others whose offers count as if they were here
   */
  List<Missing> missing(ModuleArchive archive, List<ModuleArchive> others) {
    List<Missing> missing = new ArrayList<>();
    List<BundleCapability> packages = capabilities(PackageNamespace.PACKAGE_NAMESPACE);
    for (ManifestClause clause : archive.imports()) {
      VersionRange range = new VersionRange(clause.attributes().getOrDefault("version", "0"));
      for (String name : clause.paths()) {
        // what a bundle offers itself it also gets
        if (!archive.exportedPackages().contains(name)
            && others.stream().noneMatch(other -> offers(other, name, range))
            && packages.stream().noneMatch(offer -> offers(offer, name, range))) {
          missing.add(
              new Missing(
                  Text.of("module.blocker.package", "package", name, "version", range.toString()),
                  Text.of("module.remedy.package")));
        }
      }
    }
    Set<Text> said = new HashSet<>();
    for (ManifestClause clause : archive.requirements()) {
      if (Need.of(clause).isEmpty() && !resolvable(clause) && said.add(named(clause))) {
        missing.add(new Missing(named(clause), Text.of("module.remedy.capability")));
      }
    }
    return missing;
  }

  private static boolean offers(BundleCapability offer, String name, VersionRange range) {
    Map<String, Object> attributes = offer.getAttributes();
    Object version = attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
    return name.equals(attributes.get(PackageNamespace.PACKAGE_NAMESPACE))
        && range.includes(version instanceof Version known ? known : Version.emptyVersion);
  }

  private static boolean offers(ModuleArchive other, String name, VersionRange range) {
    return other.exports().stream()
        .filter(clause -> clause.paths().contains(name))
        .map(clause -> Version.parseVersion(clause.attributes().getOrDefault("version", "0")))
        .anyMatch(range::includes);
  }

  private boolean resolvable(ManifestClause clause) {
    Map<String, String> directives = clause.directives();
    // what is needed only at run time comes and goes, and the components wait for it
    if (!"resolve".equals(directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve"))
        || "optional".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))) {
      return true;
    }
    String filter = directives.get(Constants.FILTER_DIRECTIVE);
    for (String namespace : clause.paths()) {
      if (!satisfied(namespace, filter)) {
        return false;
      }
    }
    return true;
  }

  private boolean satisfied(String namespace, String filter) {
    try {
      Filter wanted = filter == null ? null : FrameworkUtil.createFilter(filter);
      return capabilities(namespace).stream()
          .anyMatch(offer -> wanted == null || wanted.matches(offer.getAttributes()));
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

  private List<BundleCapability> capabilities(String namespace) {
    List<BundleCapability> found = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null) {
        found.addAll(revision.getDeclaredCapabilities(namespace));
      }
    }
    return found;
  }
}
