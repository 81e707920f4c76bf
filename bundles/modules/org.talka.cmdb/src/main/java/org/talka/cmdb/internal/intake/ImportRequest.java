/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.List;
import java.util.Map;

/**
 * What is to be imported.
 *
 * @param kind {@code items}, also when absent, or {@code relations}
 * @param source the name under which its word weighs
 * @param classKey the class of rows that name none; of relations that of their sources
 * @param keys identity keys to use instead of those of the class
 * @param targetClass of relations the class of their targets; that of their sources when absent
 * @param targetKeys identity keys of the targets of relations
 * @param relationType of relations that name no type
 * @param mapping which field each column is; those that are not named are left out. Fields of
 *     relations are {@code type}, {@code weight}, and {@code source.…} and {@code target.…} with an
 *     item's field, or {@code key} for its number
 * @param parts a CSV file, as one text or in parts that follow each other
 * @param rows the rows themselves, instead of a file
 * @param file the number of a file that was sent before; it is imported in the background
 * @param dryRun whether nothing is to be kept
 */
public record ImportRequest(
    String kind,
    String source,
    String classKey,
    List<List<String>> keys,
    String targetClass,
    List<List<String>> targetKeys,
    String relationType,
    Map<String, String> mapping,
    List<String> parts,
    List<Map<String, Object>> rows,
    String file,
    Boolean dryRun) {
  /** Of items, out of a text or of rows. */
  public static ImportRequest items(
      String source,
      String classKey,
      List<List<String>> keys,
      Map<String, String> mapping,
      List<String> parts,
      List<Map<String, Object>> rows,
      Boolean dryRun) {
    return new ImportRequest(
        null, source, classKey, keys, null, null, null, mapping, parts, rows, null, dryRun);
  }
}
