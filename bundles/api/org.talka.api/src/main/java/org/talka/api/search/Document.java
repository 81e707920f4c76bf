/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

import java.util.Map;
import java.util.Set;

/**
 * A record of a module as it is searched.
 *
 * @param id unique in the module; what a hit gives back
 * @param texts words by the name of their field; analysed with Latvian and English stems,
 *     diacritics folded
 * @param keywords exact values by field, for conditions: who may see it, what it belongs to
 * @param numbers whole numbers by field, for conditions from and to; a day as its epoch day
 * @param worth what it is worth beside others that match equally well, zero or more; ten is a lot
 */
public record Document(
    String id,
    Map<String, String> texts,
    Map<String, Set<String>> keywords,
    Map<String, Long> numbers,
    double worth) {
  public Document {
    texts = Map.copyOf(texts);
    keywords = Map.copyOf(keywords);
    numbers = Map.copyOf(numbers);
    if (!(worth >= 0)) {
      throw new IllegalArgumentException("A worth of " + worth);
    }
  }
}
