/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** What all bundles that are no modules export, bundle 0 included. */
final class FrameworkPackages implements PlatformPackages {
  private static final String MODULE_HEADER = "Talka-Module";

  private final BundleContext context;

  FrameworkPackages(BundleContext context) {
    this.context = context;
  }

  @Override
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    for (Bundle bundle : context.getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null && bundle.getHeaders("").get(MODULE_HEADER) == null) {
        for (BundleCapability export :
            revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE)) {
          names.add((String) export.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE));
        }
      }
    }
    return names;
  }
}
