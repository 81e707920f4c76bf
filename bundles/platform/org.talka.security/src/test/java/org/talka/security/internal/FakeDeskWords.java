/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.talka.api.text.Text;
import org.talka.module.DeskWords;

/** Words of bundles as a test gives them; a pattern with an asterisk is at fault. */
public final class FakeDeskWords implements DeskWords {
  public static final Locale LATVIAN = Locale.forLanguageTag("lv");

  public final List<Source> sources = new CopyOnWriteArrayList<>();
  public volatile Map<String, Map<String, String>> renamed = Map.of();
  public volatile List<Locale> offered = List.of();
  public volatile Locale own = Locale.ENGLISH;

  @Override
  public void rename(Map<String, Map<String, String>> catalogues) {
    renamed = catalogues;
  }

  @Override
  public void offer(Locale own, List<Locale> languages) {
    this.own = own;
    offered = languages;
  }

  @Override
  public List<Locale> spoken() {
    return List.of(Locale.ENGLISH, LATVIAN);
  }

  @Override
  public List<Locale> offered() {
    return offered.isEmpty() ? spoken() : offered;
  }

  @Override
  public Map<String, String> originals(Locale language) {
    Map<String, String> all = new TreeMap<>();
    for (String each : List.of("en", language.getLanguage())) {
      sources.forEach(source -> all.putAll(source.catalogues().getOrDefault(each, Map.of())));
    }
    return all;
  }

  @Override
  public List<Source> sources() {
    return sources;
  }

  @Override
  public Optional<Text> fault(String original, String pattern) {
    return pattern.contains("*") ? Optional.of(Text.of("error.test")) : Optional.empty();
  }
}
