/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.Enclosure;
import org.talka.knowledge.internal.store.EnclosureStore;

/**
 * Files of articles. A file comes with a version: readers of the article get it once that version
 * is published, and keep it, because older versions may show it.
 */
@Component(service = Enclosures.class)
public class Enclosures {
  /** The largest file. */
  public static final int MAX_BYTES = 10 << 20;

  public static final int MANY = 50;

  private final EnclosureStore store;
  private final Library library;
  private final Editing editing;

  @Activate
  public Enclosures(
      @Reference EnclosureStore store, @Reference Library library, @Reference Editing editing) {
    this.store = store;
    this.library = library;
    this.editing = editing;
  }

  public List<Enclosure.Line> of(String key) {
    Article article = library.get(key);
    return store.of(article.id()).stream().filter(file -> shown(file, article)).toList();
  }

  public Enclosure get(String key, long id) {
    Article article = library.get(key);
    return store
        .find(article.id(), id)
        .filter(file -> shown(file.line(), article))
        .orElseThrow(() -> DomainException.notFound("error.knowledge.file.unknown", "id", id));
  }

  public Enclosure.Line add(String key, String name, byte[] content) {
    Article article = editable(key);
    if (store.of(article.id()).size() >= MANY) {
      throw DomainException.conflict("error.knowledge.file.many", "max", MANY);
    }
    if (content.length == 0) {
      throw DomainException.invalid("file", "error.knowledge.file.empty");
    }
    Enclosure file =
        new Enclosure(
            store.nextId(),
            article.id(),
            article.upcoming(),
            name.isBlank() ? "file" : name,
            Pictures.type(content),
            content,
            Editing.signature(library.caller()).name(),
            Instant.now().truncatedTo(ChronoUnit.MICROS));
    store.add(file);
    return file.line();
  }

  /** What readers get stays, because older versions may show it; who looks after all may. */
  public void remove(String key, long id) {
    boolean manages = library.reader().manages();
    Article article = manages ? library.get(key) : editable(key);
    Enclosure.Line file = get(key, id).line();
    if (!manages && out(file, article)) {
      throw DomainException.conflict("error.knowledge.file.published", "key", article.key());
    }
    store.remove(article.id(), file.id());
  }

  private boolean shown(Enclosure.Line file, Article article) {
    Reader reader = library.reader();
    return reader.manages() || reader.writes() || out(file, article);
  }

  private static boolean out(Enclosure.Line file, Article article) {
    return article.published().filter(number -> file.number() <= number).isPresent();
  }

  private Article editable(String key) {
    Article article = library.get(key);
    if (!editing.allowed(article).contains(Step.EDIT)) {
      throw DomainException.conflict("error.knowledge.not-a-draft", "key", article.key());
    }
    return article;
  }
}
