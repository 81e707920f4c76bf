/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.List;
import java.util.Map;
import org.talka.api.ticket.FormSection;

/**
 * A part of a form.
 *
 * @param names language to title; empty for the title that its bundle gives
 */
public record SectionDesign(
    String key, Map<String, String> names, List<String> fields, Map<String, List<String>> when) {
  public SectionDesign {
    names = names == null ? Map.of() : Map.copyOf(names);
    fields = fields == null ? List.of() : List.copyOf(fields);
    when = when == null ? Map.of() : Map.copyOf(when);
  }

  public static SectionDesign of(FormSection section) {
    return new SectionDesign(section.key(), Map.of(), section.fields(), section.when());
  }

  public FormSection section() {
    return new FormSection(key, fields, when);
  }
}
