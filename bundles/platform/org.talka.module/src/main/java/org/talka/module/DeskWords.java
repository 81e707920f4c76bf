/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.text.Text;

/**
 * The words of the desk for who looks after them: which languages are offered, what was renamed,
 * and where each word comes from. Thread-safe; does not block.
 */
@ProviderType
public interface DeskWords {
  /**
   * What one bundle or the bundles of the desk bring.
   *
   * @param module a module's id, or {@code core}
   * @param catalogues language to key to pattern
   */
  record Source(String module, Map<String, Map<String, String>> catalogues) {}

  /**
   * Words that win over all others, in place of those that did before; open pages hear of it. A key
   * that nobody has words for now waits for them.
   *
   * @param catalogues language to key to pattern
   */
  void rename(Map<String, Map<String, String>> catalogues);

  /**
   * The languages that people can choose, and the desk's own, which is for whoever has another one.
   * Open pages hear of it.
   *
   * @param own one of those that are offered; otherwise the first of them stands in
   * @param languages only those that the desk speaks count; everything that it speaks when none do
   */
  void offer(Locale own, List<Locale> languages);

  /** The languages that the desk speaks, offered or not; English first. */
  List<Locale> spoken();

  /** The languages that are offered, the desk's own first. */
  List<Locale> offered();

  /** All words in a language, English where it lacks one, before anything was renamed. */
  Map<String, String> originals(Locale language);

  /** Where words come from now: the desk as one, then each module that is here, by its id. */
  List<Source> sources();

  /**
   * What is wrong with a pattern in place of another: it can't be read, or has other places to be
   * filled in. Absent when nothing is.
   */
  Optional<Text> fault(String original, String pattern);
}
