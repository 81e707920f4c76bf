/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** What is declared now. Thread-safe snapshots. */
@ProviderType
public interface Declarations {
  List<ModuleDescriptor> current();

  /** Grows with every change; clients use it to notice that they are behind. */
  long generation();

  /** All words of all bundles in a language, English where it lacks one. */
  Map<String, String> words(Locale locale);

  /** The languages that the desk itself speaks, for example {@code en} and {@code lv}. */
  List<Locale> languages();

  /** Those of them that people can choose, the desk's own first. */
  default List<Locale> offered() {
    return languages();
  }
}
