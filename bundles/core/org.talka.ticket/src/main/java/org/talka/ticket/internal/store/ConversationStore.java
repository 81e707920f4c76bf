/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Database;
import org.talka.api.security.PersonId;
import org.talka.api.security.TeamId;
import org.talka.api.ticket.TicketId;
import org.talka.ticket.internal.model.Attachment;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.HistoryEntry;
import org.talka.ticket.internal.model.LinkImage;
import org.talka.ticket.internal.model.Mentioned;
import org.talka.ticket.internal.type.TypeRegistry;

/** What hangs on a ticket: comments, history, links and the rows of attachments. */
@Component(service = ConversationStore.class)
public class ConversationStore {
  private final Database database;
  private final TypeRegistry registry;

  @Activate
  public ConversationStore(
      @Reference(target = "(talka.unit=ticket)") Database database,
      @Reference TypeRegistry registry) {
    this.database = database;
    this.registry = registry;
  }

  public void add(TicketId ticket, CommentImage comment) {
    database.write(
        em -> {
          em.persist(
              new CommentRow(
                  comment.id(),
                  ticket.value(),
                  comment.author().map(PersonId::value).orElse(null),
                  comment.authorName(),
                  comment.body(),
                  comment.internal(),
                  comment.createdAt(),
                  mentions(comment.mentioned())));
          return null;
        });
  }

  /**
   * Comments in the order of writing.
   *
   * @param after the id of the last one of the page before, or 0
   */
  public List<CommentImage> comments(TicketId ticket, boolean internal, long after, int limit) {
    return database.read(
        em ->
            em
                .createNamedQuery("CommentRow.of", CommentRow.class)
                .setParameter("ticket", ticket.value())
                .setParameter("after", after)
                .setParameter("internal", internal ? 1 : 0)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(ConversationStore::comment)
                .toList());
  }

  /** All comments of several tickets in one query, for the search index. */
  public Map<Long, List<CommentImage>> comments(Collection<Long> tickets) {
    if (tickets.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<CommentImage>> byTicket = new HashMap<>();
    database.read(
        em -> {
          em.createNamedQuery("CommentRow.ofAll", CommentRow.class)
              .setParameter("tickets", tickets)
              .getResultList()
              .forEach(
                  row ->
                      byTicket
                          .computeIfAbsent(row.ticket(), id -> new ArrayList<>())
                          .add(comment(row)));
          return null;
        });
    return byTicket;
  }

  /**
   * The last public reply of a ticket.
   *
   * @param author absent for the system
   */
  public record LastReply(Optional<PersonId> author, Instant at) {}

  /** The last public replies of several tickets; a ticket without any is left out. */
  public Map<Long, LastReply> lastReplies(Collection<Long> tickets) {
    Map<Long, LastReply> last = new HashMap<>();
    if (!tickets.isEmpty()) {
      database.read(
          em -> {
            List<Long> ids =
                em.createNamedQuery("CommentRow.lastOf", Long.class)
                    .setParameter("tickets", tickets)
                    .getResultList();
            if (!ids.isEmpty()) {
              em.createNamedQuery("CommentRow.authors", Object[].class)
                  .setParameter("ids", ids)
                  .getResultList()
                  .forEach(
                      row ->
                          last.put(
                              (Long) row[0],
                              new LastReply(
                                  Optional.ofNullable((Long) row[1]).map(PersonId::new),
                                  (Instant) row[2])));
            }
            return null;
          });
    }
    return last;
  }

  /** Comments by their ids; those that do not exist are left out. */
  public Map<Long, CommentImage> commentsById(Collection<Long> ids) {
    Map<Long, CommentImage> found = new HashMap<>();
    if (!ids.isEmpty()) {
      database.read(
          em -> {
            em.createNamedQuery("CommentRow.byIds", CommentRow.class)
                .setParameter("ids", ids)
                .getResultList()
                .forEach(row -> found.put(row.id(), comment(row)));
            return null;
          });
    }
    return found;
  }

  public void add(TicketId ticket, HistoryEntry entry) {
    database.write(
        em -> {
          em.persist(
              new HistoryRow(
                  entry.id(),
                  ticket.value(),
                  entry.at(),
                  entry.actor().map(PersonId::value).orElse(null),
                  entry.actorName(),
                  entry.kind(),
                  entry.internal(),
                  StoredJson.changes(entry.changes())));
          return null;
        });
  }

  public List<HistoryEntry> history(TicketId ticket, boolean internal, long after, int limit) {
    return database.read(
        em ->
            em
                .createNamedQuery("HistoryRow.of", HistoryRow.class)
                .setParameter("ticket", ticket.value())
                .setParameter("after", after)
                .setParameter("internal", internal ? 1 : 0)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(this::entry)
                .toList());
  }

  public void add(LinkImage link, Instant at) {
    database.write(
        em -> {
          em.persist(
              new LinkRow(link.id(), link.type(), link.from().value(), link.to().value(), at));
          em.flush();
          return null;
        });
  }

  public void removeLink(long id) {
    database.write(
        em -> {
          Optional.ofNullable(em.find(LinkRow.class, id)).ifPresent(em::remove);
          return null;
        });
  }

  public List<LinkImage> links(TicketId ticket) {
    return database.read(
        em ->
            em
                .createNamedQuery("LinkRow.of", LinkRow.class)
                .setParameter("ticket", ticket.value())
                .getResultList()
                .stream()
                .map(
                    row ->
                        new LinkImage(
                            row.id(), row.type(), new TicketId(row.from()), new TicketId(row.to())))
                .toList());
  }

  public void add(TicketId ticket, Attachment attachment) {
    database.write(
        em -> {
          em.persist(new AttachmentRow(attachment, ticket.value()));
          return null;
        });
  }

  public List<Attachment> attachments(TicketId ticket) {
    return database.read(
        em ->
            em
                .createNamedQuery("AttachmentRow.of", AttachmentRow.class)
                .setParameter("ticket", ticket.value())
                .getResultList()
                .stream()
                .map(AttachmentRow::image)
                .toList());
  }

  public Optional<Attachment> attachment(TicketId ticket, long id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(AttachmentRow.class, id))
                .filter(row -> row.ticket() == ticket.value())
                .map(AttachmentRow::image));
  }

  /** Says that these attachments came with the comment, and take its visibility. */
  public void belong(List<Long> attachments, CommentImage comment) {
    database.write(
        em -> {
          for (Long id : attachments) {
            em.find(AttachmentRow.class, id).belongsTo(comment.id(), comment.internal());
          }
          return null;
        });
  }

  private static CommentImage comment(CommentRow row) {
    return new CommentImage(
        row.id(),
        Optional.ofNullable(row.author()).map(PersonId::new),
        row.authorName(),
        row.body(),
        row.internal(),
        row.createdAt(),
        mentioned(row.mentions()));
  }

  /** People and teams by their ids, for example {@code p12,t3}; nothing for nobody. */
  private static String mentions(Mentioned mentioned) {
    if (mentioned.nobody()) {
      return null;
    }
    List<String> ids = new ArrayList<>();
    mentioned.people().forEach(person -> ids.add("p" + person.value()));
    mentioned.teams().forEach(team -> ids.add("t" + team.value()));
    return String.join(",", ids);
  }

  private static Mentioned mentioned(String mentions) {
    if (mentions == null || mentions.isEmpty()) {
      return Mentioned.NOBODY;
    }
    List<PersonId> people = new ArrayList<>();
    List<TeamId> teams = new ArrayList<>();
    for (String each : mentions.split(",")) {
      long id = Long.parseLong(each.substring(1));
      if (each.charAt(0) == 'p') {
        people.add(new PersonId(id));
      } else {
        teams.add(new TeamId(id));
      }
    }
    return new Mentioned(people, teams);
  }

  private HistoryEntry entry(HistoryRow row) {
    return new HistoryEntry(
        row.id(),
        row.at(),
        Optional.ofNullable(row.actor()).map(PersonId::new),
        row.actorName(),
        row.kind(),
        row.internal(),
        StoredJson.changes(row.changes(), registry.types()::number));
  }
}
