/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;

class JsonTest {
  private static Map<String, Object> read(String text) {
    return Json.object(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void whatIsWrittenIsRead(@ForAll String text) {
    String kept =
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replace("\u0000", "");
    assertEquals(Map.of(kept, List.of(kept)), Json.object(Json.write(Map.of(kept, List.of(kept)))));
  }

  @Test
  void itKnowsAllKindsOfValues() {
    assertEquals(
        Map.of(
            "a",
            List.of(1, -2, 12345678901L, new BigDecimal("1.5e3")),
            "b",
            Map.of(),
            "c",
            "ā\n\"/\u00e9😀",
            "d",
            true,
            "e",
            false),
        read(
            " {\"a\" : [1,-2 , 12345678901,1.5e3],\"b\":{ },\n\"c\":\"ā\\n\\\"\\/\\u00e9"
                + "\\ud83d\\ude00\",\"d\":true,\"e\":false} "));
  }

  @Test
  void whatIsWrongIsSaidToBe() {
    for (String wrong :
        List.of(
            "",
            "[]",
            "1",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{\"a\":1}x",
            "{\"a\":01}",
            "{\"a\":\"\u0001\"}",
            "{\"a\":\"\\u0000\"}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"",
            "{\"a\":1,\"a\":2}",
            "{\"a\":nul}",
            "{\"a\":-}",
            "{'a':1}",
            "{\"a\":" + "[".repeat(50))) {
      assertThrows(DomainException.class, () -> read(wrong), wrong);
    }
  }
}
