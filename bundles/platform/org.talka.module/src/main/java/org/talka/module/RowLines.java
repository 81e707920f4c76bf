/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rows as lines of JSON, the form in which exports keep them. Not thread-safe. */
public final class RowLines {
  /** A column may hold a file: what was exported must come back, so this is above any of them. */
  private static final int LONGEST_VALUE = 256 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_VALUE).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();
  private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

  private final OutputStream out;

  /**
   * @param out is not closed
   */
  public RowLines(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes one line.
   *
   * @throws UncheckedIOException if that fails
   */
  public void write(Map<String, Object> row) {
    try {
      out.write(JSON.writeValueAsBytes(row));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void flush() throws IOException {
    out.flush();
  }

  /** Passes on every line. */
  public static void read(InputStream in, Consumer<Map<String, Object>> row) throws IOException {
    try (MappingIterator<LinkedHashMap<String, Object>> lines =
        JSON.readerFor(ROW).readValues(in)) {
      while (lines.hasNextValue()) {
        row.accept(lines.nextValue());
      }
    }
  }

  /** Passes on the lines some at a time. */
  public static void inBatches(InputStream in, int size, Consumer<List<Map<String, Object>>> rows)
      throws IOException {
    List<Map<String, Object>> batch = new ArrayList<>(size);
    read(
        in,
        row -> {
          batch.add(row);
          if (batch.size() == size) {
            rows.accept(List.copyOf(batch));
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      rows.accept(List.copyOf(batch));
    }
  }
}
