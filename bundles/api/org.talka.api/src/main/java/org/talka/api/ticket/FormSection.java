/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;
import java.util.Map;

/**
 * A part of a form, titled {@code form.<type>.<key>}.
 *
 * @param fields names of built-in fields and keys of the type's own, in order
 * @param when shown only while these fields have one of these values; empty for always
 */
public record FormSection(String key, List<String> fields, Map<String, List<String>> when) {
  public FormSection {
    fields = List.copyOf(fields);
    when = when == null ? Map.of() : Map.copyOf(when);
  }
}
