/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a module as its address names it.
 *
 * @param version the module's version; the digest beside it only keeps caches apart
 * @param file below {@code TALKA-INF/ui/}
 */
record ModuleAddress(String module, String version, String file) {
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9-]*)/([0-9][A-Za-z0-9_.-]*)-[0-9a-f]{6,64}/(.+)");

  private static final String FRAMES = "frame/";

  /** Whether it belongs to pages that are shown in a sandbox. */
  boolean framed() {
    return file.startsWith(FRAMES);
  }

  static Optional<ModuleAddress> parse(String path) {
    Matcher match = FORM.matcher(path);
    return match.matches()
        ? Optional.of(new ModuleAddress(match.group(1), match.group(2), match.group(3)))
        : Optional.empty();
  }
}
