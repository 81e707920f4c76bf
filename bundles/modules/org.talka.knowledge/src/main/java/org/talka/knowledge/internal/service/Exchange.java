/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.security.Audit;
import org.talka.api.text.Translator;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.Category;

/** Articles out of the desk and into another: their texts, trimmed to what somebody reads. */
@Component(service = Exchange.class)
public class Exchange {
  private static final int MOST = 500;
  private static final Set<String> FIELDS =
      Set.of("title", "summary", "body", "keywords", "kind", "category", "audience", "language");

  private final Library library;
  private final ArticleStore store;
  private final Editing editing;
  private final Shelves shelves;
  private final Translator translator;
  private final Audit audit;

  @Activate
  public Exchange(
      @Reference Library library,
      @Reference ArticleStore store,
      @Reference Editing editing,
      @Reference Shelves shelves,
      @Reference Translator translator,
      @Reference Audit audit) {
    this.library = library;
    this.store = store;
    this.editing = editing;
    this.shelves = shelves;
    this.translator = translator;
    this.audit = audit;
  }

  /**
   * An article on its way.
   *
   * @param category by its name: ids are another desk's
   */
  public record Parcel(
      String key,
      String title,
      String summary,
      String body,
      String keywords,
      String kind,
      String category,
      String audience,
      String language,
      String state) {}

  /** Published articles as the caller reads them, page by page. */
  public Page<Parcel> export(int limit, String after) {
    Page<Article> page = library.list(new Filter.Is("state", "published"), limit, after);
    Map<Long, ArticleVersion> versions = store.leading(page.items());
    Map<Long, String> names = new LinkedHashMap<>();
    shelves.all().forEach(category -> names.put(category.id(), category.name()));
    List<Parcel> parcels = new ArrayList<>();
    for (Article article : page.items()) {
      ArticleVersion version = versions.get(article.id());
      if (version != null) {
        parcels.add(
            new Parcel(
                article.key(),
                version.title(),
                version.words().summary(),
                version.words().body(),
                version.words().keywords(),
                article.kind(),
                article.category().map(names::get).orElse(null),
                article.audience().word(),
                article.language(),
                article.state().word()));
      }
    }
    return new Page<>(parcels, page.next());
  }

  /**
   * What became of one of them.
   *
   * @param index its place in what was sent, from 0
   * @param key of the draft that it is now; absent on a trial and for what was refused
   * @param problem what is wrong; absent for what can come in
   */
  public record Arrival(int index, String title, Optional<String> key, Optional<String> problem) {}

  /**
   * Brings articles in, each as a draft of its own: what comes from outside is reviewed, too. One
   * that is refused keeps no other out.
   *
   * @param trial says what would happen, and does nothing
   */
  public List<Arrival> bring(List<Map<String, Object>> parcels, boolean trial) {
    if (parcels.size() > MOST) {
      throw DomainException.invalid("articles", "error.knowledge.field.list", "max", MOST);
    }
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < parcels.size(); i++) {
      arrivals.add(bring(i, parcels.get(i), trial));
    }
    if (!trial) {
      audit.record(
          "knowledge.imported",
          "module:knowledge",
          Map.of(
              "articles", "" + arrivals.stream().filter(each -> each.key().isPresent()).count()));
    }
    return arrivals;
  }

  private Arrival bring(int index, Map<String, Object> parcel, boolean trial) {
    Map<String, Object> values = new LinkedHashMap<>();
    parcel.forEach(
        (name, value) -> {
          if (FIELDS.contains(name) && value != null) {
            values.put(name, value);
          }
        });
    String title = String.valueOf(values.getOrDefault("title", ""));
    String shown = title.length() > 200 ? title.substring(0, 200) : title;
    try {
      category(values);
      if (trial) {
        editing.check(values);
        return new Arrival(index, shown, Optional.empty(), Optional.empty());
      }
      return new Arrival(index, shown, Optional.of(editing.create(values).key()), Optional.empty());
    } catch (DomainException refused) {
      return new Arrival(index, shown, Optional.empty(), Optional.of(words(refused)));
    }
  }

  /** Names become ids; a name that this desk lacks is left out. */
  private void category(Map<String, Object> values) {
    Object name = values.remove("category");
    shelves.all().stream()
        .filter(category -> category.name().equals(name))
        .map(Category::id)
        .findFirst()
        .ifPresent(id -> values.put("category", id.toString()));
  }

  private String words(DomainException refused) {
    List<String> said = new ArrayList<>();
    for (FieldError error : refused.fieldErrors()) {
      said.add(
          error.field() + ": " + translator.translate(error.message(), library.caller().locale()));
    }
    return said.isEmpty()
        ? translator.translate(refused.text(), library.caller().locale())
        : String.join(" ", said);
  }
}
