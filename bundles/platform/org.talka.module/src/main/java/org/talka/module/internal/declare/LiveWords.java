/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.text.Text;
import org.talka.module.DeskOverlay;
import org.talka.module.DeskWords;
import org.talka.module.internal.text.WordFault;
import org.talka.module.internal.text.Words;

/** Puts what an administrator says of words into effect, and tells open pages. */
@Component
public final class LiveWords implements DeskWords {
  private final Words words;
  private final DeskOverlay overlay;

  @Activate
  public LiveWords(@Reference Words words, @Reference DeskOverlay overlay) {
    this.words = words;
    this.overlay = overlay;
  }

  @Override
  public void rename(Map<String, Map<String, String>> catalogues) {
    words.rename(catalogues);
    overlay.changed();
  }

  @Override
  public void offer(Locale own, List<Locale> languages) {
    words.offer(own, languages);
    overlay.changed();
  }

  @Override
  public List<Locale> spoken() {
    return words.languages();
  }

  @Override
  public List<Locale> offered() {
    return words.offered();
  }

  @Override
  public Map<String, String> originals(Locale language) {
    return words.originals(language);
  }

  @Override
  public List<Source> sources() {
    return words.sources();
  }

  @Override
  public Optional<Text> fault(String original, String pattern) {
    return WordFault.of(original, pattern);
  }
}
