/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;
import org.talka.api.ticket.Comment;
import org.talka.api.ticket.Ticket;
import org.talka.api.ticket.TicketLink;
import org.talka.api.ticket.Tickets;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;

/** What extensions see of the ticket core. */
@Component
public class DeskTickets implements Tickets {
  private static final int ALL = 10_000;

  private final TicketReader reader;
  private final TicketDesk desk;
  private final Conversation conversation;
  private final Links links;
  private final TicketLists lists;

  @Activate
  public DeskTickets(
      @Reference TicketReader reader,
      @Reference TicketDesk desk,
      @Reference Conversation conversation,
      @Reference Links links,
      @Reference TicketLists lists) {
    this.reader = reader;
    this.desk = desk;
    this.conversation = conversation;
    this.links = links;
    this.lists = lists;
  }

  @Override
  public Optional<Ticket> find(String key) {
    return reader.find(key).map(Ticket.class::cast);
  }

  @Override
  public Ticket get(String key) {
    return reader.get(key);
  }

  @Override
  public void require(String key, String permission) {
    reader.require(permission, reader.get(key));
  }

  @Override
  public Page<Ticket> list(Filter filter, String sort, int limit, String after) {
    Page<TicketImage> page =
        lists.list(
            filter, sort == null ? TicketLists.NEWEST : sort, limit, Optional.ofNullable(after));
    return new Page<>(List.copyOf(page.items()), page.next());
  }

  @Override
  public Ticket create(String type, Map<String, Object> values) {
    return desk.create(type, values, false);
  }

  @Override
  public Ticket update(String key, long version, Map<String, Object> changes) {
    return desk.update(key, Optional.of(version), changes, false);
  }

  @Override
  public Ticket transition(
      String key, String transition, Map<String, Object> changes, String comment) {
    return desk.transition(
        key, Optional.empty(), transition, changes, Optional.ofNullable(comment), false, false);
  }

  @Override
  public Comment comment(String key, String body, boolean internal) {
    return conversation.say(key, body, internal, List.of()).comment();
  }

  @Override
  public List<Comment> comments(String key) {
    return conversation.comments(reader.get(key), 0, ALL).stream()
        .map(CommentImage::comment)
        .toList();
  }

  @Override
  public void link(String fromKey, String linkType, String toKey) {
    links.link(fromKey, linkType, toKey);
  }

  @Override
  public void unlink(String key, long linkId) {
    links.unlink(key, linkId);
  }

  @Override
  public List<TicketLink> links(String key) {
    return links.of(reader.get(key));
  }
}
