/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.web.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleAddressTest {
  @Test
  void readsModuleVersionAndFile() {
    assertEquals(
        Optional.of(new ModuleAddress("problem", "1.0.0.beta-1", "panels/known.js")),
        ModuleAddress.parse("problem/1.0.0.beta-1-0a1b2c3d/panels/known.js"));
    assertFalse(ModuleAddress.parse("p1/1.0.0-0a1b2c3d/frames/a.js").orElseThrow().framed());
    assertTrue(ModuleAddress.parse("p1/1.0.0-0a1b2c3d/frame/a.html").orElseThrow().framed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "problem/1.0.0/known.js",
        "problem/1.0.0-xyz/known.js",
        "Problem/1.0.0-0a1b2c3d/a.js",
        "problem",
        "problem/1.0.0-0a1b2c3d/"
      })
  void knowsNoOtherForm(String path) {
    assertTrue(ModuleAddress.parse(path).isEmpty());
  }
}
