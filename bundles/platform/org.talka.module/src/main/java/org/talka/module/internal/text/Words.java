/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.module.DeskWords;

/**
 * The words of all bundles, by language. Bundles come and go under this object's lock; readers use
 * an immutable snapshot. The desk's own words win over a module's, so that a module can't rename
 * what is not its own.
 */
@Component(service = {Translator.class, Words.class})
public final class Words implements Translator {
  static final String FALLBACK = "en";

  private static final Logger LOG = LoggerFactory.getLogger(Words.class);

  /** Set to {@code true}, a desk for tests speaks {@link PseudoEnglish} where it would English. */
  private static final String PSEUDO = "talka.pseudo-locale";

  private final boolean pseudo;
  private static final String CORE = "core";
  private static final Source NOTHING = new Source(CORE, Map.of(), Map.of());

  private final Map<Long, Source> sources = new TreeMap<>();
  private Source laidOver = NOTHING;
  private Source renamed = NOTHING;
  private volatile Snapshot snapshot = Snapshot.of(List.of(), NOTHING, NOTHING);

  /** Replaced as a whole. */
  private volatile Offer offer = new Offer(Locale.ENGLISH, List.of());

  /** What was asked to be offered. */
  private record Offer(Locale own, List<Locale> languages) {
    boolean holds(String language) {
      return languages.isEmpty()
          || languages.stream().anyMatch(locale -> locale.getLanguage().equals(language));
    }
  }

  @Activate
  public Words() {
    this(Boolean.getBoolean(PSEUDO));
  }

  Words(boolean pseudo) {
    this.pseudo = pseudo;
  }

  /**
   * @param owner the module's id; {@code core} for bundles of the desk
   * @param catalogues language to key to pattern
   * @param patterns the same, taken apart
   */
  private record Source(
      String owner,
      Map<String, Map<String, String>> catalogues,
      Map<String, Map<String, Pattern>> patterns) {
    boolean module() {
      return !owner.equals(CORE);
    }
  }

  /**
   * Adds or replaces the words of a bundle.
   *
   * @param owner its module's id; {@code core} for a bundle of the desk
   */
  public void put(long bundle, String owner, Map<String, Map<String, String>> catalogues) {
    Source source = source(owner, catalogues);
    synchronized (this) {
      sources.put(bundle, source);
      look();
    }
  }

  /** The monitor is held. */
  private void look() {
    snapshot = Snapshot.of(List.copyOf(sources.values()), laidOver, renamed);
  }

  private Source source(String owner, Map<String, Map<String, String>> catalogues) {
    Map<String, Map<String, String>> spoken =
        pseudo ? PseudoEnglish.instead(catalogues) : catalogues;
    return new Source(owner, spoken, parsed(spoken));
  }

  /**
   * A word that can't be understood is left out and reported once; English or the key stands in.
   */
  private static Map<String, Map<String, Pattern>> parsed(
      Map<String, Map<String, String>> catalogues) {
    Map<String, Map<String, Pattern>> patterns = new TreeMap<>();
    catalogues.forEach(
        (language, words) -> {
          Map<String, Pattern> parsed = new HashMap<>();
          words.forEach(
              (key, text) -> {
                try {
                  parsed.put(key, Pattern.parse(text));
                } catch (IllegalArgumentException wrong) {
                  LOG.warn("Word {} in {}: {}", key, language, wrong.getMessage());
                }
              });
          patterns.put(language, parsed);
        });
    return patterns;
  }

  public synchronized void remove(long bundle) {
    if (sources.remove(bundle) != null) {
      look();
    }
  }

  /**
   * Words that win over those of all bundles, in place of the ones that did before.
   *
   * @param catalogues language to key to pattern
   */
  public synchronized void layOver(Map<String, Map<String, String>> catalogues) {
    laidOver = source(CORE, catalogues);
    look();
  }

  /** Words that win over those that are laid over, too: somebody renamed them by hand. */
  public synchronized void rename(Map<String, Map<String, String>> catalogues) {
    renamed = source(CORE, catalogues);
    look();
  }

  /**
   * The languages that are offered from now on.
   *
   * @param languages all that the desk speaks when empty
   */
  public void offer(Locale own, List<Locale> languages) {
    offer = new Offer(own, List.copyOf(languages));
  }

  /** What is offered of what the desk speaks, its own first; everything when that is nothing. */
  public List<Locale> offered() {
    Offer now = offer;
    List<Locale> spoken = languages();
    List<Locale> held = spoken.stream().filter(l -> now.holds(l.getLanguage())).toList();
    List<Locale> offered = new ArrayList<>(held.isEmpty() ? spoken : held);
    if (offered.remove(now.own())) {
      offered.add(0, now.own());
    }
    return List.copyOf(offered);
  }

  /** What is spoken to somebody who asks for a language. */
  private String language(Locale locale) {
    String language = locale.getLanguage();
    return offer.holds(language) ? language : offered().get(0).getLanguage();
  }

  /** All words in a language, English where it lacks one. */
  public Map<String, String> all(Locale locale) {
    Snapshot now = snapshot;
    return now.merged.getOrDefault(language(locale), now.merged.get(FALLBACK));
  }

  /** All words in a language as they are before anything was renamed. */
  public Map<String, String> originals(Locale locale) {
    Snapshot now = snapshot;
    return now.originals.getOrDefault(locale.getLanguage(), now.originals.get(FALLBACK));
  }

  /** What each module brings, and the desk's own bundles as one, first. */
  public List<DeskWords.Source> sources() {
    Map<String, Map<String, Map<String, String>>> byOwner = new TreeMap<>();
    synchronized (this) {
      for (Source source : sources.values()) {
        Snapshot.overlay(
            byOwner.computeIfAbsent(source.owner(), any -> new TreeMap<>()), source.catalogues());
      }
    }
    List<DeskWords.Source> list = new ArrayList<>();
    Optional.ofNullable(byOwner.remove(CORE))
        .ifPresent(desk -> list.add(new DeskWords.Source(CORE, desk)));
    byOwner.forEach((owner, words) -> list.add(new DeskWords.Source(owner, words)));
    return list;
  }

  /** The same without what is laid over. */
  public Map<String, String> ofBundles(Locale locale) {
    Snapshot now = snapshot;
    return now.beneath.getOrDefault(locale.getLanguage(), now.beneath.get(FALLBACK));
  }

  /** The languages of the desk itself, English first. */
  public List<Locale> languages() {
    return snapshot.languages;
  }

  @Override
  public String translate(Text text, Locale locale) {
    Snapshot now = snapshot;
    return now.pattern(text.key(), language(locale))
        .map(found -> found.pattern().format(text.args(), found.locale()))
        .orElse(text.key());
  }

  private record Found(Pattern pattern, Locale locale) {}

  private static final class Snapshot {
    private final Map<String, Map<String, String>> beneath;
    private final Map<String, Map<String, String>> originals;
    private final Map<String, Map<String, String>> merged;
    private final Map<String, Map<String, Pattern>> patterns;
    private final List<Locale> languages;

    private Snapshot(
        Map<String, Map<String, String>> beneath,
        Map<String, Map<String, String>> originals,
        Map<String, Map<String, String>> merged,
        Map<String, Map<String, Pattern>> patterns,
        List<Locale> languages) {
      this.beneath = beneath;
      this.originals = originals;
      this.merged = merged;
      this.patterns = patterns;
      this.languages = languages;
    }

    static Snapshot of(List<Source> sources, Source laidOver, Source renamed) {
      Map<String, Map<String, String>> own = new TreeMap<>();
      Map<String, Map<String, Pattern>> patterns = new TreeMap<>();
      Set<String> desk = new TreeSet<>();
      for (boolean module : List.of(true, false)) {
        for (Source source : sources) {
          if (source.module() == module) {
            overlay(own, source.catalogues());
            overlay(patterns, source.patterns());
            if (!module) {
              desk.addAll(source.catalogues().keySet());
            }
          }
        }
      }
      Map<String, Map<String, String>> beneath = merged(own);
      overlay(own, laidOver.catalogues());
      overlay(patterns, laidOver.patterns());
      Map<String, Map<String, String>> originals = merged(own);
      overlay(own, renamed.catalogues());
      overlay(patterns, renamed.patterns());
      return new Snapshot(beneath, originals, merged(own), patterns, ordered(desk));
    }

    private static Map<String, Map<String, String>> merged(Map<String, Map<String, String>> own) {
      Map<String, String> english = own.getOrDefault(FALLBACK, Map.of());
      Map<String, Map<String, String>> merged = new HashMap<>();
      merged.put(FALLBACK, Collections.unmodifiableMap(new TreeMap<>(english)));
      own.forEach(
          (language, words) -> {
            Map<String, String> all = new TreeMap<>(english);
            all.putAll(words);
            merged.put(language, Collections.unmodifiableMap(all));
          });
      return Map.copyOf(merged);
    }

    private static <V> void overlay(
        Map<String, Map<String, V>> below, Map<String, Map<String, V>> above) {
      above.forEach(
          (language, words) ->
              below.computeIfAbsent(language, any -> new HashMap<>()).putAll(words));
    }

    private static List<Locale> ordered(Set<String> desk) {
      Set<String> order = new LinkedHashSet<>();
      order.add(FALLBACK);
      order.addAll(desk);
      List<Locale> locales = new ArrayList<>();
      order.forEach(language -> locales.add(Locale.forLanguageTag(language)));
      return List.copyOf(locales);
    }

    Optional<Found> pattern(String key, String language) {
      Pattern here = patterns.getOrDefault(language, Map.of()).get(key);
      if (here != null) {
        return Optional.of(new Found(here, Locale.forLanguageTag(language)));
      }
      Pattern english = patterns.getOrDefault(FALLBACK, Map.of()).get(key);
      return Optional.ofNullable(english).map(found -> new Found(found, Locale.ENGLISH));
    }
  }
}
