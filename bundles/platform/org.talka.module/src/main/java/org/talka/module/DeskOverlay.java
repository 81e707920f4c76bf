/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an administrator's wishes lie over: the words of all bundles, and the pages that show what
 * is declared. Thread-safe; does not block.
 */
@ProviderType
public interface DeskOverlay {
  /**
   * Words that win over those of every bundle, in place of the ones that were given before.
   *
   * @param catalogues language to key to pattern
   */
  void words(Map<String, Map<String, String>> catalogues);

  /** All words of all bundles in a language, English where it lacks one, without what is given. */
  Map<String, String> beneath(Locale locale);

  /** What is declared is to be seen differently now: open pages hear of it and read it again. */
  void changed();
}
