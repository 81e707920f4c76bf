/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.talka.knowledge.internal.store.Arrival;
import org.talka.knowledge.internal.store.ArrivalStore;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;

/**
 * Where the numbers of an archive lead to here: in fields, and in texts, where pictures and links
 * say them. What has not come yet is given its number already.
 */
final class Pointers {
  private static final Pattern NUMBER =
      Pattern.compile("(?<![A-Za-z0-9-])(KB-[0-9]{6,15})(?:/files/([0-9]{1,18}))?(?![0-9])");

  private final String desk;
  private final boolean own;
  private final Set<String> coming;
  private final ArrivalStore arrivals;
  private final ArticleStore articles;

  /**
   * @param own whether the archive was written by this desk
   * @param coming the numbers of all articles that the archive has
   */
  Pointers(
      String desk, boolean own, Set<String> coming, ArrivalStore arrivals, ArticleStore articles) {
    this.desk = desk;
    this.own = own;
    this.coming = coming;
    this.arrivals = arrivals;
    this.articles = articles;
  }

  /** The article's id here; nothing for one that is neither here nor to come. */
  Optional<Long> article(String key) {
    Optional<Long> known = arrivals.find(desk, key).map(Arrival::article);
    if (known.isPresent()) {
      return known;
    }
    Optional<Long> here =
        own ? Article.idOf(key).flatMap(articles::find).map(Article::id) : Optional.empty();
    if (here.isPresent()) {
      return here;
    }
    return coming.contains(key)
        ? Optional.of(arrivals.reserve(desk, key).article())
        : Optional.empty();
  }

  /** The text with the numbers that hold here; what leads nowhere stays as it is. */
  String text(String text) {
    Matcher found = NUMBER.matcher(text);
    StringBuilder out = new StringBuilder();
    while (found.find()) {
      Optional<Long> article = article(found.group(1));
      String here = article.map(id -> number(id, found.group(2))).orElse(found.group());
      found.appendReplacement(out, Matcher.quoteReplacement(here));
    }
    return found.appendTail(out).toString();
  }

  private String number(long article, String file) {
    String key = Article.key(article);
    if (file == null) {
      return key;
    }
    // a file of an article that was here before has kept its number
    boolean stays = own && arrivals.find(desk, key).isEmpty();
    return key
        + "/files/"
        + (stays ? file : arrivals.reserveFile(desk, Long.parseLong(file), article).file());
  }
}
