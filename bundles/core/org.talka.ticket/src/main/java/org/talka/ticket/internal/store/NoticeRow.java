/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.QueryHint;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.talka.api.security.PersonId;
import org.talka.api.text.Text;
import org.talka.ticket.internal.notice.News;
import org.talka.ticket.internal.notice.Notice;
import org.talka.ticket.internal.notice.NoticeKind;
import org.talka.ticket.internal.notice.RecordNews;

/** What somebody was told. The comparison by time alone is where an index scan begins. */
@Entity
@Table(name = "tkt_notice")
@NamedQuery(
    name = "NoticeRow.page",
    query =
        "select n from NoticeRow n where n.person = :person and n.at <= :at"
            + " and (n.at < :at or n.id < :id) order by n.at desc, n.id desc",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "NoticeRow.unread",
    query =
        "select n from NoticeRow n where n.person = :person and n.read = 0 and n.at <= :at"
            + " and (n.at < :at or n.id < :id) order by n.at desc, n.id desc",
    hints = {
      @QueryHint(name = "eclipselink.read-only", value = "true"),
      @QueryHint(name = "eclipselink.refresh", value = "true")
    })
@NamedQuery(
    name = "NoticeRow.open",
    query =
        "select n from NoticeRow n where n.ticket in :tickets and n.person in :people"
            + " and (n.read = 0 or n.sequence >= :from) order by n.id")
@NamedQuery(
    name = "NoticeRow.records",
    query =
        "select n from NoticeRow n where n.person in :people and n.read = 0"
            + " and n.module = :module and n.record = :record order by n.id")
@NamedQuery(
    name = "NoticeRow.old",
    query = "select n.id from NoticeRow n where n.at < :before order by n.at")
public class NoticeRow {
  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "person_id")
  private long person;

  @Column(name = "ticket_id")
  private long ticket;

  @Column(name = "kind")
  private int kind;

  @Column(name = "kinds")
  private int kinds;

  @Column(name = "actor_id")
  private Long actor;

  @Column(name = "comment_id")
  private Long comment;

  @Column(name = "state")
  private String state;

  @Column(name = "internal_only")
  private int internal;

  @Column(name = "happened_at")
  private Instant at;

  @Column(name = "is_read")
  private int read;

  @Column(name = "times")
  private int times;

  @Column(name = "seq")
  private long sequence;

  @Column(name = "module_id")
  private String module;

  @Column(name = "record_key")
  private String record;

  @Column(name = "text_key")
  private String textKey;

  @Column(name = "text_args")
  private String textArgs;

  @Column(name = "address")
  private String address;

  protected NoticeRow() {}

  NoticeRow(long id, PersonId person, RecordNews news, Instant at) {
    this.id = id;
    this.person = person.value();
    this.module = news.module();
    this.record = news.record();
    this.kind = NoticeKind.RECORD.ordinal();
    this.kinds = NoticeKind.bits(java.util.Set.of(NoticeKind.RECORD));
    take(news, at);
  }

  /** The last word counts. */
  final void take(RecordNews news, Instant when) {
    textKey = news.text().key();
    textArgs = StoredJson.words(news.text().args());
    address = news.address();
    at = when;
    times = 1;
  }

  NoticeRow(long id, News news) {
    this.id = id;
    this.person = news.person().value();
    this.ticket = news.ticket();
    take(news);
  }

  /** Adds what happened next. */
  final void take(News news) {
    kind = news.kind().ordinal();
    kinds |= NoticeKind.bits(java.util.Set.of(news.kind()));
    actor = news.actor().map(PersonId::value).orElse(null);
    comment = news.comment().isPresent() ? news.comment().getAsLong() : null;
    state = news.state().isEmpty() ? null : news.state();
    internal = news.internal() ? 1 : 0;
    at = news.at();
    times++;
    sequence = news.sequence();
  }

  long id() {
    return id;
  }

  long person() {
    return person;
  }

  long ticket() {
    return ticket;
  }

  long sequence() {
    return sequence;
  }

  boolean read() {
    return read != 0;
  }

  Notice notice() {
    return new Notice(
        id,
        ticket,
        NoticeKind.values()[kind],
        NoticeKind.of(kinds),
        Optional.ofNullable(actor).map(PersonId::new),
        comment == null ? OptionalLong.empty() : OptionalLong.of(comment),
        state == null ? "" : state,
        internal != 0,
        at,
        read(),
        times,
        module == null
            ? Optional.empty()
            : Optional.of(
                new RecordNews(
                    module, record, new Text(textKey, StoredJson.words(textArgs)), address)));
  }
}
