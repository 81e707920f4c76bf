/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafePathTest {
  @Test
  void givesThePathBelowThePrefix() {
    assertEquals(Optional.of("js/main.js"), SafePath.below("/ui/s/h/", "/ui/s/h/js/main.js"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui/s/h/../secret",
        "/ui/s/h/js/..",
        "/ui/s/h/%2e%2e/secret",
        "/ui/s/h/..%2fsecret",
        "/ui/s/h/js%2fmain.js",
        "/ui/s/h/js//main.js",
        "/ui/s/h//etc/passwd",
        "/ui/s/h/js/main.js;jsessionid=1",
        "/ui/s/h/js\\main.js",
        "/ui/s/h/.hidden",
        "/ui/s/h/js/a..b",
        "/ui/s/h/js/ main.js",
        "/ui/s/h/js/main.js\u0000.css",
        "/ui/s/h/js/",
        "/ui/s/h/",
        "/ui/s/hh/js/main.js",
        "/other"
      })
  void refusesEverythingElse(String uri) {
    assertTrue(SafePath.below("/ui/s/h/", uri).isEmpty(), uri);
  }

  @Property
  void neverGivesAPathThatLeavesItsFolder(@ForAll("hostile") String tail) {
    SafePath.below("/ui/s/h/", "/ui/s/h/" + tail)
        .ifPresent(
            path -> {
              assertFalse(path.contains(".."), path);
              assertFalse(path.contains("//"), path);
              assertFalse(path.startsWith("/"), path);
              assertFalse(path.contains("%") || path.contains(";") || path.contains("\\"), path);
            });
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "a", "js", ".", "..", "/", "%2e", "%2f", ";", "\\", "\u0000", "main.js", "~")
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }
}
