/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.depend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.Version;
import org.talka.module.internal.intake.ManifestClause;

/** What bundles offer to others: packages and other capabilities (OSGi Core, 3.3). */
public interface Offers {
  /** The versions in which a package is offered; none when nobody offers it. */
  List<Version> versions(String packageName);

  /** Whether a capability of the namespace is offered that fits the filter. */
  boolean satisfies(String namespace, Optional<Filter> filter);

  /** What several offer together. */
  static Offers of(Collection<? extends Offers> all) {
    return new Offers() {
      @Override
      public List<Version> versions(String packageName) {
        return all.stream().flatMap(one -> one.versions(packageName).stream()).toList();
      }

      @Override
      public boolean satisfies(String namespace, Optional<Filter> filter) {
        return all.stream().anyMatch(one -> one.satisfies(namespace, filter));
      }
    };
  }

  static Offers of(Wiring archive) {
    return new Manifests().add(archive.exports(), archive.capabilities());
  }

  /** What manifests say; not thread-safe while they are added. */
  final class Manifests implements Offers {
    private final Map<String, List<Version>> packages = new HashMap<>();
    private final Map<String, List<Map<String, Object>>> capabilities = new HashMap<>();

    /**
     * @param exports clauses of {@code Export-Package}
     * @param provided clauses of {@code Provide-Capability}
     */
    public Manifests add(List<ManifestClause> exports, List<ManifestClause> provided) {
      for (ManifestClause clause : exports) {
        Version version = version(clause);
        clause
            .paths()
            .forEach(name -> packages.computeIfAbsent(name, n -> new ArrayList<>()).add(version));
      }
      for (ManifestClause clause : provided) {
        Map<String, Object> attributes = new HashMap<>(clause.attributes());
        attributes.computeIfPresent(Constants.VERSION_ATTRIBUTE, (name, text) -> version(clause));
        clause
            .paths()
            .forEach(
                namespace ->
                    capabilities
                        .computeIfAbsent(namespace, n -> new ArrayList<>())
                        .add(attributes));
      }
      return this;
    }

    private static Version version(ManifestClause clause) {
      try {
        return Version.parseVersion(
            clause.attributes().getOrDefault(Constants.VERSION_ATTRIBUTE, "0"));
      } catch (IllegalArgumentException none) {
        return Version.emptyVersion;
      }
    }

    @Override
    public List<Version> versions(String packageName) {
      return packages.getOrDefault(packageName, List.of());
    }

    @Override
    public boolean satisfies(String namespace, Optional<Filter> filter) {
      return capabilities.getOrDefault(namespace, List.of()).stream()
          .anyMatch(offer -> filter.isEmpty() || filter.get().matches(offer));
    }
  }
}
