/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowLinesTest {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final RowLines lines = new RowLines(file);

  private List<Map<String, Object>> read() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    RowLines.read(new ByteArrayInputStream(file.toByteArray()), rows::add);
    return rows;
  }

  @Test
  void aValueAsLongAsAFileComesBack() throws IOException {
    String content = "A".repeat(24_000_000);
    lines.write(Map.of("data", content));
    assertEquals(content, read().get(0).get("data"));
  }

  @Test
  void textsAndNumbersComeBackAsTheyWere() throws IOException {
    Map<String, Object> row =
        Map.of("text", "line\nand “ķēde”", "cost", new BigDecimal("12.50"), "good", true);
    lines.write(row);
    assertEquals(List.of(row), read());
  }

  @Test
  void batchesHoldEveryLineOnce() throws IOException {
    for (int n = 0; n < 7; n++) {
      lines.write(Map.of("n", n));
    }
    List<Integer> sizes = new ArrayList<>();
    List<Object> seen = new ArrayList<>();
    RowLines.inBatches(
        new ByteArrayInputStream(file.toByteArray()),
        3,
        batch -> {
          sizes.add(batch.size());
          batch.forEach(row -> seen.add(row.get("n")));
        });
    assertEquals(List.of(3, 3, 1), sizes);
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), seen);
  }
}
