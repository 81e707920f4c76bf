/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.talka.module.internal.depend.Offers;

/** What the bundles here offer at this moment. */
public final class FrameworkOffers implements Offers {
  private final BundleContext context;
  private final Predicate<Bundle> which;

  FrameworkOffers(BundleContext context) {
    this(context, bundle -> true);
  }

  private FrameworkOffers(BundleContext context, Predicate<Bundle> which) {
    this.context = context;
    this.which = which;
  }

  /** Those of the desk, without its modules'. */
  public static Offers ofTheDesk(BundleContext context) {
    return new FrameworkOffers(context, bundle -> FrameworkHost.moduleOf(bundle).isEmpty());
  }

  /** Those of the framework itself and of the JVM. */
  public static Offers ofTheSystem(BundleContext context) {
    return new FrameworkOffers(context, bundle -> bundle.getBundleId() == 0);
  }

  @Override
  public List<Version> versions(String packageName) {
    return capabilities(PackageNamespace.PACKAGE_NAMESPACE)
        .filter(
            offer ->
                packageName.equals(offer.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
        .map(
            offer ->
                offer.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)
                        instanceof Version known
                    ? known
                    : Version.emptyVersion)
        .toList();
  }

  @Override
  public boolean satisfies(String namespace, Optional<Filter> filter) {
    return capabilities(namespace)
        .anyMatch(offer -> filter.isEmpty() || filter.get().matches(offer.getAttributes()));
  }

  private Stream<BundleCapability> capabilities(String namespace) {
    return Arrays.stream(context.getBundles())
        .filter(which)
        .map(bundle -> bundle.adapt(BundleRevision.class))
        .filter(revision -> revision != null)
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
  }
}
