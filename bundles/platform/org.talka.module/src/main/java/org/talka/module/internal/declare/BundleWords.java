/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.module.internal.text.Catalogues;

/** The catalogues of words in a bundle. */
final class BundleWords {
  private static final Logger LOG = LoggerFactory.getLogger(BundleWords.class);

  private BundleWords() {}

  /** Language to key to pattern; a file that can't be read is reported and left out. */
  static Map<String, Map<String, String>> of(Bundle bundle) {
    Enumeration<String> paths = bundle.getEntryPaths(Catalogues.FOLDER);
    if (paths == null) {
      return Map.of();
    }
    Map<String, Map<String, String>> catalogues = new TreeMap<>();
    for (String path : Collections.list(paths)) {
      if (path.endsWith(".json")) {
        try (InputStream in = bundle.getEntry(path).openStream()) {
          catalogues.put(Catalogues.language(path), Catalogues.read(in));
        } catch (IOException wrong) {
          LOG.error("Words {} of {}: {}", path, bundle.getSymbolicName(), wrong.getMessage());
        }
      }
    }
    return catalogues;
  }
}
