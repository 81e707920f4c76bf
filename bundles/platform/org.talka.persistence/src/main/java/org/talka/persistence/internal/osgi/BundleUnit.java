/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;
import org.talka.persistence.internal.PersistenceXml;
import org.talka.persistence.unit.UnitDescription;

/** Reads the persistence unit of a bundle. */
final class BundleUnit {
  private BundleUnit() {}

  static boolean isIn(Bundle bundle) {
    return bundle.getEntry(UnitDescription.PERSISTENCE_XML) != null;
  }

  /** The whole description; the bundle is resolved. */
  static UnitDescription of(Bundle bundle) throws IOException {
    return UnitDescription.read(
        bundle.getEntry(UnitDescription.PERSISTENCE_XML),
        Optional.ofNullable(bundle.getEntry(UnitDescription.CHANGELOG)),
        bundle.getVersion() + " " + bundle.getBundleId() + " " + bundle.getLastModified(),
        bundle.adapt(BundleWiring.class).getClassLoader(),
        bundle.getEntry("/"));
  }

  /** Its name; the bundle need not be resolved. */
  static Optional<String> name(Bundle bundle) throws IOException {
    Optional<byte[]> xml = content(bundle, UnitDescription.PERSISTENCE_XML);
    return xml.map(bytes -> PersistenceXml.read(bytes).unit());
  }

  /** Its changelog; the bundle need not be resolved. */
  static Optional<byte[]> changelog(Bundle bundle) throws IOException {
    return content(bundle, UnitDescription.CHANGELOG);
  }

  private static Optional<byte[]> content(Bundle bundle, String path) throws IOException {
    URL url = bundle.getEntry(path);
    if (url == null) {
      return Optional.empty();
    }
    try (InputStream in = url.openStream()) {
      return Optional.of(in.readAllBytes());
    }
  }
}
