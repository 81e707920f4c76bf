/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.module.DeskOverlay;
import org.talka.module.internal.text.Words;

/** Hands wishes on to the words, and tells those who watch the declarations. */
@Component
public final class WordsOverlay implements DeskOverlay {
  /** No state of a module: nothing came or went. */
  private static final String CHANGED = "CHANGED";

  private final Words words;
  private final DeclarationRegistry registry;

  @Activate
  public WordsOverlay(@Reference Words words, @Reference DeclarationRegistry registry) {
    this.words = words;
    this.registry = registry;
  }

  @Override
  public void words(Map<String, Map<String, String>> catalogues) {
    words.layOver(catalogues);
  }

  @Override
  public Map<String, String> beneath(Locale locale) {
    return words.ofBundles(locale);
  }

  @Override
  public void changed() {
    registry.changed(DescriptorRules.CORE, CHANGED);
  }
}
