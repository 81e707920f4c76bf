/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.design;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.talka.api.ticket.FormSection;

/** Joins a form that an administrator made with what its bundle has added to its own since. */
final class FormMerge {
  private FormMerge() {}

  /**
   * @param design what the administrator made; empty for nothing
   * @param base the bundle's form at that time
   * @param now the bundle's form now
   */
  static List<FormSection> over(
      List<SectionDesign> design, List<FormSection> base, List<FormSection> now) {
    if (design.isEmpty()) {
      return now;
    }
    List<FormSection> merged = new ArrayList<>();
    design.forEach(section -> merged.add(section.section()));
    Set<String> known = new HashSet<>();
    base.forEach(section -> known.addAll(section.fields()));
    merged.forEach(section -> known.addAll(section.fields()));
    for (FormSection section : now) {
      List<String> added =
          section.fields().stream().filter(field -> !known.contains(field)).toList();
      if (!added.isEmpty()) {
        append(merged, section, added);
      }
    }
    return List.copyOf(merged);
  }

  /** To the section of the same key; where it is gone, as a section of their own. */
  private static void append(List<FormSection> merged, FormSection from, List<String> added) {
    for (int i = 0; i < merged.size(); i++) {
      FormSection section = merged.get(i);
      if (section.key().equals(from.key())) {
        List<String> fields = new ArrayList<>(section.fields());
        fields.addAll(added);
        merged.set(i, new FormSection(section.key(), fields, section.when()));
        return;
      }
    }
    merged.add(new FormSection(from.key(), added, from.when()));
  }
}
