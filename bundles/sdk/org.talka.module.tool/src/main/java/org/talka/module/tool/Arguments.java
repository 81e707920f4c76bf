/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command's options ({@code --name value}) and what stands without a name. */
record Arguments(Map<String, String> options, List<String> plain) {
  static Arguments of(List<String> words, Set<String> known) throws UsageException {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        plain.add(word);
      } else if (!known.contains(word.substring(2))) {
        throw new UsageException("There is no option " + word + " here.");
      } else if (i + 1 == words.size()) {
        throw new UsageException("The option " + word + " needs a value.");
      } else {
        options.put(word.substring(2), words.get(++i));
      }
    }
    return new Arguments(options, plain);
  }

  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  String needed(String name) throws UsageException {
    return option(name).orElseThrow(() -> new UsageException("Say --" + name + "."));
  }

  String archive() throws UsageException {
    if (plain.size() != 1) {
      throw new UsageException("Name one archive.");
    }
    return plain.get(0);
  }
}
