/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.notice;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.event.StreamBroadcast;
import org.talka.ticket.internal.access.FilterMatch;
import org.talka.ticket.internal.access.TicketKeywords;
import org.talka.ticket.internal.access.Visibility;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.service.TicketReader;
import org.talka.ticket.internal.store.ConversationStore;
import org.talka.ticket.internal.store.NoticeStore;
import org.talka.ticket.internal.store.NoticeStore.Place;
import org.talka.ticket.internal.store.TicketStore;

/**
 * What the current caller was told. A notice is only shown as long as its ticket may be seen:
 * whoever lost sight of it is told nothing more of it, in the list as in the number.
 */
@Component(service = Notices.class)
public class Notices {
  /** The number beside a bell stops here. */
  public static final int MOST = 99;

  private final NoticeStore store;
  private final TicketStore tickets;
  private final ConversationStore conversation;
  private final TicketReader reader;
  private final Visibility visibility;
  private final Translator translator;
  private final Callers callers;
  private final Transactions transactions;
  private final StreamBroadcast stream;

  @Activate
  public Notices(
      @Reference NoticeStore store,
      @Reference TicketStore tickets,
      @Reference ConversationStore conversation,
      @Reference TicketReader reader,
      @Reference Visibility visibility,
      @Reference Translator translator,
      @Reference Callers callers,
      @Reference Transactions transactions,
      @Reference StreamBroadcast stream) {
    this.store = store;
    this.tickets = tickets;
    this.conversation = conversation;
    this.reader = reader;
    this.visibility = visibility;
    this.translator = translator;
    this.callers = callers;
    this.transactions = transactions;
    this.stream = stream;
  }

  /**
   * A notice with what it is about.
   *
   * @param ticket absent for what a module tells
   * @param comment the reply or note, when it is still there
   */
  public record Shown(
      Notice notice, Optional<TicketImage> ticket, Optional<CommentImage> comment) {}

  /**
   * A page, the newest first.
   *
   * @param next where the next page begins; absent on the last one
   */
  public record NoticePage(List<Shown> items, Optional<Place> next) {}

  public NoticePage page(boolean unread, Place after, int limit) {
    List<Notice> found = store.page(me(), unread, after, limit + 1);
    List<Notice> page = found.size() > limit ? found.subList(0, limit) : found;
    Optional<Place> next = Optional.empty();
    if (found.size() > limit) {
      Notice last = page.get(limit - 1);
      next = Optional.of(new Place(last.at(), last.id()));
    }
    Map<Long, TicketImage> seen = seen(page);
    Map<Long, CommentImage> comments =
        conversation.commentsById(
            page.stream()
                .filter(notice -> seen.containsKey(notice.ticket()))
                .flatMapToLong(notice -> notice.comment().stream())
                .boxed()
                .toList());
    List<Shown> shown =
        page.stream()
            .filter(notice -> visible(notice, seen))
            .map(
                notice ->
                    new Shown(
                        notice,
                        Optional.ofNullable(seen.get(notice.ticket())),
                        notice.comment().stream()
                            .mapToObj(comments::get)
                            .filter(java.util.Objects::nonNull)
                            .findFirst()))
            .toList();
    return new NoticePage(shown, next);
  }

  /** How many are unread, {@value #MOST} and one more at most. */
  public int unread() {
    List<Notice> found = store.page(me(), true, Place.START, MOST + 1);
    Map<Long, TicketImage> seen = seen(found);
    return (int) found.stream().filter(notice -> visible(notice, seen)).count();
  }

  public void mark(List<Long> ids, boolean read) {
    changed(transactions.required(() -> store.mark(me(), ids, read)));
  }

  public void readTicket(String key) {
    TicketImage ticket = reader.get(key);
    changed(transactions.required(() -> store.readTicket(me(), ticket.id().value())));
  }

  public void readUntil(Instant until) {
    changed(transactions.required(() -> store.readUntil(me(), until)));
  }

  public Set<NoticeKind> wanted() {
    return store.choices(List.of(me())).getOrDefault(me(), NoticeKind.byDefault());
  }

  /**
   * @param changes what is not in it stays
   */
  public Set<NoticeKind> choose(Map<NoticeKind, Boolean> changes) {
    return transactions.required(
        () -> {
          Set<NoticeKind> wanted = EnumSet.noneOf(NoticeKind.class);
          wanted.addAll(wanted());
          changes.forEach(
              (kind, on) -> {
                if (on) {
                  wanted.add(kind);
                } else {
                  wanted.remove(kind);
                }
              });
          store.choose(me(), wanted);
          return wanted;
        });
  }

  /** The other tabs and browsers of the person show the same. */
  private void changed(int rows) {
    if (rows > 0) {
      stream.send(Set.of(me()), "notice", Map.of("read", true));
    }
  }

  private Map<Long, TicketImage> seen(List<Notice> notices) {
    Caller caller = callers.current();
    var visible = visibility.of(caller);
    List<Long> ids =
        notices.stream()
            .filter(notice -> notice.record().isEmpty())
            .map(Notice::ticket)
            .distinct()
            .toList();
    Map<Long, TicketImage> seen = new HashMap<>();
    for (TicketImage ticket : tickets.byIds(ids, false)) {
      if (FilterMatch.matches(visible, field -> TicketKeywords.of(ticket, field))) {
        seen.put(ticket.id().value(), ticket);
      }
    }
    return seen;
  }

  private boolean visible(Notice notice, Map<Long, TicketImage> seen) {
    if (notice.record().isPresent()) {
      return known(notice.record().get().text());
    }
    TicketImage ticket = seen.get(notice.ticket());
    return ticket != null && (!notice.internal() || reader.internal(ticket));
  }

  /** The words of a module go with it. */
  private boolean known(Text text) {
    return !translator.translate(text, callers.current().locale()).equals(text.key());
  }

  private PersonId me() {
    return callers
        .current()
        .person()
        .orElseThrow(() -> DomainException.forbidden("error.ticket.notice.nobody"));
  }

  /** The words of kinds, in their order. */
  public static List<String> words(Set<NoticeKind> kinds) {
    return kinds.stream().map(NoticeKind::word).collect(Collectors.toList());
  }
}
