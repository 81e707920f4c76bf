/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.util.List;
import java.util.Map;

/**
 * What is to be imported.
 *
 * @param source the name under which its word weighs
 * @param classKey the class of rows that name none
 * @param keys identity keys to use instead of those of the class
 * @param mapping which field each column is; those that are not named are left out
 * @param parts a CSV file, as one text or in parts that follow each other
 * @param rows the rows themselves, instead of a file
 * @param dryRun whether nothing is to be kept
 */
public record ImportRequest(
    String source,
    String classKey,
    List<List<String>> keys,
    Map<String, String> mapping,
    List<String> parts,
    List<Map<String, Object>> rows,
    Boolean dryRun) {}
