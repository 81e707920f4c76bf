/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.text;

import java.util.Map;
import java.util.TreeMap;

/**
 * A text in no language yet: a key of a module's catalogue ({@code TALKA-INF/i18n/<language>.json})
 * and the values of its place-holders. It is translated at the boundary, for whoever reads it.
 *
 * @param key the catalogue key, for example {@code error.ticket.stale}
 * @param args values for the {@code {name}} place-holders, already in a form fit to show
 */
public record Text(String key, Map<String, String> args) {
  public Text {
    args = Map.copyOf(args);
  }

  public static Text of(String key) {
    return new Text(key, Map.of());
  }

  /**
   * @param namesAndValues place-holder names and values in turn
   */
  public static Text of(String key, Object... namesAndValues) {
    Map<String, String> args = new TreeMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      args.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
    }
    return new Text(key, args);
  }
}
