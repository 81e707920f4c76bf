/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.search.PortalFind;
import org.talka.api.search.PortalSearch;
import org.talka.api.security.Caller;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;

/**
 * Answers visitors of an open portal with what is public. Whoever has signed in is answered by the
 * suggestions of this module's own part, which counts what they save the desk.
 */
@Component(property = PortalSearch.PUBLIC + ":Boolean=true")
public class PublicArticles implements PortalSearch {
  private static final String PAGE = "/portal/m/knowledge/knowledge.help/";

  private final Finder finder;
  private final Library library;
  private final ArticleStore store;

  @Activate
  public PublicArticles(
      @Reference Finder finder, @Reference Library library, @Reference ArticleStore store) {
    this.finder = finder;
    this.library = library;
    this.store = store;
  }

  @Override
  public List<PortalFind> find(Context context) {
    Caller caller = context.caller();
    if (caller.kind() != Caller.Kind.ANONYMOUS) {
      return List.of();
    }
    String language = caller.locale().getLanguage();
    List<Article> found =
        finder.suggest(context.words(), library.reader(), language, context.limit());
    Map<Long, String> summaries = store.summaries(found);
    return found.stream()
        .map(
            article ->
                new PortalFind(
                    article.title(),
                    summaries.getOrDefault(article.id(), ""),
                    PAGE + article.key(),
                    "article"))
        .toList();
  }
}
