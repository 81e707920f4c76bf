/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;
import org.talka.ticket.internal.notice.News;
import org.talka.ticket.internal.notice.Notice;
import org.talka.ticket.internal.notice.NoticeKind;
import org.talka.ticket.internal.notice.RecordNews;

/** The rows of what people are told, and of what they want to be told. */
@Component(service = NoticeStore.class)
public class NoticeStore {
  private static final int SWEPT = 500;

  private final Database database;
  private final NumberSeries numbers;

  @Activate
  public NoticeStore(
      @Reference(target = "(talka.unit=ticket)") Database database,
      @Reference NumberSeries numbers) {
    this.database = database;
    this.numbers = numbers;
  }

  /** Where a page ends. */
  public record Place(Instant at, long id) {
    /** Before everything that can have happened. */
    public static final Place START = new Place(Instant.parse("9999-01-01T00:00:00Z"), 0);
  }

  private record Of(long person, long ticket) {}

  /**
   * Adds news to what is still unread of the same ticket, or begins anew. What was told before is
   * left out, so that telling it again changes nothing.
   *
   * @return who was told something
   */
  public Set<PersonId> tell(List<News> news) {
    if (news.isEmpty()) {
      return Set.of();
    }
    Set<PersonId> told = new HashSet<>();
    database.write(
        em -> {
          Map<Of, NoticeRow> unread = new HashMap<>();
          Map<Of, Long> heard = new HashMap<>();
          em.createNamedQuery("NoticeRow.open", NoticeRow.class)
              .setParameter("tickets", news.stream().map(News::ticket).distinct().toList())
              .setParameter(
                  "people", news.stream().map(n -> n.person().value()).distinct().toList())
              .setParameter("from", news.get(0).sequence())
              .getResultList()
              .forEach(
                  row -> {
                    Of of = new Of(row.person(), row.ticket());
                    heard.merge(of, row.sequence(), Math::max);
                    if (!row.read()) {
                      unread.put(of, row);
                    }
                  });
          for (News one : news) {
            Of of = new Of(one.person().value(), one.ticket());
            if (heard.getOrDefault(of, 0L) >= one.sequence()) {
              continue;
            }
            NoticeRow row = unread.get(of);
            if (row == null) {
              row = new NoticeRow(numbers.id(), one);
              em.persist(row);
              unread.put(of, row);
            } else {
              row.take(one);
            }
            told.add(one.person());
          }
          return null;
        });
    return told;
  }

  /** Tells all of them of a record, in place of what they were told of it and have not read. */
  public void tell(Collection<PersonId> people, RecordNews news, Instant at) {
    if (people.isEmpty()) {
      return;
    }
    database.write(
        em -> {
          Map<Long, NoticeRow> unread = new HashMap<>();
          em.createNamedQuery("NoticeRow.records", NoticeRow.class)
              .setParameter("people", people.stream().map(PersonId::value).toList())
              .setParameter("module", news.module())
              .setParameter("record", news.record())
              .getResultList()
              .forEach(row -> unread.put(row.person(), row));
          for (PersonId person : people) {
            NoticeRow row = unread.get(person.value());
            if (row == null) {
              em.persist(new NoticeRow(numbers.id(), person, news, at));
            } else {
              row.take(news, at);
            }
          }
          return null;
        });
  }

  /** The newest first. */
  public List<Notice> page(PersonId person, boolean unread, Place after, int limit) {
    return database.read(
        em ->
            em
                .createNamedQuery(unread ? "NoticeRow.unread" : "NoticeRow.page", NoticeRow.class)
                .setParameter("person", person.value())
                .setParameter("at", after.at())
                .setParameter("id", after.id())
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(NoticeRow::notice)
                .toList());
  }

  /** Only the person's own; ids that are none of them are left out. */
  public int mark(PersonId person, Collection<Long> ids, boolean read) {
    return ids.isEmpty()
        ? 0
        : database.write(
            em ->
                em.createQuery(
                        "update NoticeRow n set n.read = :read"
                            + " where n.id in :ids and n.person = :person and n.read <> :read")
                    .setParameter("read", read ? 1 : 0)
                    .setParameter("ids", ids)
                    .setParameter("person", person.value())
                    .executeUpdate());
  }

  /** All that the person was told of a ticket. */
  public int readTicket(PersonId person, long ticket) {
    return database.write(
        em ->
            em.createQuery(
                    "update NoticeRow n set n.read = 1"
                        + " where n.ticket = :ticket and n.person = :person and n.read = 0")
                .setParameter("ticket", ticket)
                .setParameter("person", person.value())
                .executeUpdate());
  }

  /** All that happened until then, and nothing that came meanwhile. */
  public int readUntil(PersonId person, Instant until) {
    return database.write(
        em ->
            em.createQuery(
                    "update NoticeRow n set n.read = 1"
                        + " where n.person = :person and n.read = 0 and n.at <= :until")
                .setParameter("person", person.value())
                .setParameter("until", until)
                .executeUpdate());
  }

  /** Those who chose; the others are left out. */
  public Map<PersonId, Set<NoticeKind>> choices(Collection<PersonId> people) {
    Map<PersonId, Set<NoticeKind>> choices = new HashMap<>();
    if (!people.isEmpty()) {
      database.read(
          em -> {
            em.createQuery(
                    "select c from NoticeChoiceRow c where c.person in :people",
                    NoticeChoiceRow.class)
                .setParameter("people", people.stream().map(PersonId::value).toList())
                .getResultList()
                .forEach(row -> choices.put(new PersonId(row.person()), row.wanted()));
            return null;
          });
    }
    return choices;
  }

  public void choose(PersonId person, Set<NoticeKind> wanted) {
    database.write(
        em -> {
          NoticeChoiceRow row = em.find(NoticeChoiceRow.class, person.value());
          if (row == null) {
            row = new NoticeChoiceRow(person.value());
            row.want(wanted);
            em.persist(row);
          } else {
            row.want(wanted);
          }
          return null;
        });
  }

  /** Deletes what happened before, some at a time. */
  public int forget(Instant before) {
    return database.write(
        em -> {
          List<Long> old =
              em.createNamedQuery("NoticeRow.old", Long.class)
                  .setParameter("before", before)
                  .setMaxResults(SWEPT)
                  .getResultList();
          return old.isEmpty()
              ? 0
              : em.createQuery("delete from NoticeRow n where n.id in :ids")
                  .setParameter("ids", old)
                  .executeUpdate();
        });
  }
}
