/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.text.Text;
import org.talka.api.ticket.Comment;
import org.talka.api.ticket.TicketGuard;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleStore;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.UseStore;

/**
 * Keeps what is not for the requester out of replies, whatever way it came there: a pointer to an
 * article that they may not read, or a passage of such an article that is linked with the ticket.
 */
@Component
public class AudienceGuard implements TicketGuard {
  private static final Pattern POINTER =
      Pattern.compile("\\b" + Article.PREFIX + "([0-9]{1,15})\\b", Pattern.CASE_INSENSITIVE);

  /** Shorter lines can stand in any text by chance. */
  private static final int PASSAGE = 60;

  private static final int MANY = 50;

  private final ArticleStore store;
  private final UseStore uses;
  private final Usage usage;

  @Activate
  public AudienceGuard(
      @Reference ArticleStore store, @Reference UseStore uses, @Reference Usage usage) {
    this.store = store;
    this.uses = uses;
    this.usage = usage;
  }

  @Override
  public void check(Context context) {
    Optional<Comment> reply = context.comment().filter(comment -> !comment.internal());
    // whoever reads no such articles can only repeat what reached them, and learns nothing here
    if (reply.isEmpty() || !context.caller().may(Reader.AGENTS)) {
      return;
    }
    String body = reply.get().body();
    Set<Long> named = named(body);
    Set<String> said = new HashSet<>(passages(body));
    Set<Long> all = new LinkedHashSet<>(named);
    if (!said.isEmpty()) {
      uses.ofTicket(context.after().key()).forEach(use -> all.add(use.article()));
    }
    if (all.isEmpty()) {
      return;
    }
    Map<Long, Article> articles = store.byIds(all);
    Reader requester = usage.requester(context.after());
    for (Long id : all) {
      Article article = articles.get(id);
      if (article != null
          && !requester.sees(article)
          && (named.contains(id) || holdsPassage(said, article))) {
        context.reject("body", Text.of("error.knowledge.audience.reply", "key", article.key()));
        return;
      }
    }
  }

  private static Set<Long> named(String body) {
    Set<Long> ids = new LinkedHashSet<>();
    Matcher pointer = POINTER.matcher(body);
    while (pointer.find() && ids.size() < MANY) {
      ids.add(Long.parseLong(pointer.group(1)));
    }
    return ids;
  }

  private boolean holdsPassage(Set<String> said, Article article) {
    return article
        .published()
        .or(article::working)
        .flatMap(number -> store.version(article.id(), number))
        .map(ArticleVersion::words)
        .filter(words -> passages(words.body()).stream().anyMatch(said::contains))
        .isPresent();
  }

  private static List<String> passages(String text) {
    return text.lines().map(String::strip).filter(line -> line.length() >= PASSAGE).toList();
  }
}
