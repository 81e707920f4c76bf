/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The module's own examples: a record a line, its parts parted by semicolons. */
final class Lines {
  private Lines() {}

  /**
   * @param name of a file beside the code
   */
  static List<List<String>> of(String name) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Lines.class.getResourceAsStream("/sample/" + name)),
                StandardCharsets.UTF_8))) {
      return in.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split(";")).map(String::strip).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
