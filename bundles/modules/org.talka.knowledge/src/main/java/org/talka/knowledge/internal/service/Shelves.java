/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Filter;
import org.talka.api.security.Audit;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.Category;

/** Categories: a tree of shelves, small enough to be read whole. */
@Component(service = Shelves.class)
public class Shelves {
  private static final int MANY = 500;
  private static final int MAX_NAME = 100;
  private static final Set<String> FIELDS = Set.of("name", "parent", "place");

  private final ArticleStore store;
  private final Audit audit;

  @Activate
  public Shelves(@Reference ArticleStore store, @Reference Audit audit) {
    this.store = store;
    this.audit = audit;
  }

  public List<Category> all() {
    return store.categories();
  }

  /** The category and all below it, as a condition on articles. */
  public Filter below(long category) {
    Set<Long> wanted = new HashSet<>(Set.of(category));
    List<Category> all = all();
    // parents may stand behind their children in the order of names
    for (boolean more = true; more; ) {
      more = false;
      for (Category each : all) {
        if (each.parent().filter(wanted::contains).isPresent()) {
          more |= wanted.add(each.id());
        }
      }
    }
    return new Filter.AnyOf(
        wanted.stream().map(id -> (Filter) new Filter.Is("category", id.toString())).toList());
  }

  public Category create(Map<String, Object> values) {
    return store.write(
        em -> {
          List<Category> all = all();
          if (all.size() >= MANY) {
            throw DomainException.conflict("error.knowledge.category.many", "max", MANY);
          }
          Category category = new Category(store.nextCategory(), "", null, all.size());
          say(category, values, all);
          em.persist(category);
          em.flush();
          audit.record(
              "knowledge.category.created",
              "category:" + category.id(),
              Map.of("name", category.name()));
          return category;
        });
  }

  public Category change(long id, long version, Map<String, Object> values) {
    return store.write(
        em -> {
          Category category = find(em.find(Category.class, id), id);
          if (category.version() != version) {
            throw DomainException.of(ErrorKind.STALE, "error.knowledge.stale");
          }
          say(category, values, all());
          em.flush();
          audit.record(
              "knowledge.category.changed", "category:" + id, Map.of("name", category.name()));
          return category;
        });
  }

  /** An empty one; its articles would have nowhere to go. */
  public void remove(long id) {
    store.write(
        em -> {
          Category category = find(em.find(Category.class, id), id);
          boolean parent = all().stream().anyMatch(each -> each.parent().equals(Optional.of(id)));
          Filter inside = new Filter.Is("category", Long.toString(id));
          if (parent || store.count(inside, 1) > 0) {
            throw DomainException.conflict(
                "error.knowledge.category.used", "name", category.name());
          }
          em.remove(category);
          audit.record(
              "knowledge.category.removed", "category:" + id, Map.of("name", category.name()));
          return null;
        });
  }

  private static Category find(Category found, long id) {
    if (found == null) {
      throw DomainException.notFound("error.knowledge.category.unknown", "id", id);
    }
    return found;
  }

  private void say(Category category, Map<String, Object> values, List<Category> all) {
    Given given = new Given(values, FIELDS);
    String name = given.text("name", category.name(), MAX_NAME, true);
    Long parent = category.parent().orElse(null);
    if (given.has("parent")) {
      Optional<String> wanted = given.name("parent");
      parent =
          wanted
              .flatMap(
                  id ->
                      all.stream()
                          .map(Category::id)
                          .filter(each -> each.toString().equals(id))
                          .findFirst())
              .orElse(null);
      if (wanted.isPresent() && (parent == null || inside(parent, category.id(), all))) {
        given.wrong("parent", "error.knowledge.category.parent");
      }
    }
    int place = given.number("place", category.place(), 0, 10_000);
    given.raise();
    category.say(name, parent, place);
  }

  /** Whether a shelf would stand in itself. */
  private static boolean inside(Long shelf, long category, List<Category> all) {
    Map<Long, Long> parents = new HashMap<>();
    all.forEach(each -> each.parent().ifPresent(parent -> parents.put(each.id(), parent)));
    Long at = shelf;
    for (int i = 0; at != null && i <= all.size(); i++) {
      if (at == category) {
        return true;
      }
      at = parents.get(at);
    }
    return false;
  }
}
