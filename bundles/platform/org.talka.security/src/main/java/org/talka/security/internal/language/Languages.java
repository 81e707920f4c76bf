/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.language;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.module.DeskWords;
import org.talka.security.internal.setup.Settings;

/**
 * Which languages people can choose, and which is the desk's own: that of new people, and of those
 * whose language is not offered. Keeps nothing but the settings.
 */
@Component(service = Languages.class, immediate = true)
public class Languages {
  private final Settings settings;
  private final DeskWords words;

  @Activate
  public Languages(@Reference Settings settings, @Reference DeskWords words) {
    this.settings = settings;
    this.words = words;
    settings.listen(
        name -> {
          if (name.equals(Settings.LOCALE) || name.equals(Settings.LANGUAGES)) {
            tell();
          }
        });
    tell();
  }

  public List<Locale> spoken() {
    return words.spoken();
  }

  /** The desk's own first. */
  public List<Locale> offered() {
    return words.offered();
  }

  /** As it is kept. */
  public static String written(Collection<String> languages) {
    return String.join(",", languages);
  }

  private void tell() {
    Locale own = Locale.forLanguageTag(settings.get(Settings.LOCALE).orElse("en"));
    words.offer(
        Locale.forLanguageTag(own.getLanguage()),
        settings
            .get(Settings.LANGUAGES)
            .map(kept -> Arrays.stream(kept.split(",")).map(Locale::forLanguageTag).toList())
            .orElse(List.of()));
  }
}
