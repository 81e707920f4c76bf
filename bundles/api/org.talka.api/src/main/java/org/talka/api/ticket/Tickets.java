/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.query.Filter;
import org.talka.api.query.Page;

/**
 * The desk's tickets, as the {@linkplain org.talka.api.security.Callers#current() current caller}
 * may see and change them: what the caller may not see does not exist here. Writes join the
 * transaction of the thread. All methods may be called on any thread and block on the database.
 *
 * <p>Values are given by the names of the REST API ({@code subject}, {@code impact}, …; a type's
 * own fields by their key). All methods throw {@link org.talka.api.error.DomainException} for what
 * the user can mend.
 */
@ProviderType
public interface Tickets {
  /** Nothing when it does not exist or is hidden from the caller. */
  Optional<Ticket> find(String key);

  /**
   * @throws org.talka.api.error.DomainException NOT_FOUND as {@link #find} finds nothing
   */
  Ticket get(String key);

  /**
   * Asks whether the caller may do something with this ticket, before a module changes what it
   * keeps about it. Roles may reach some tickets only; that a request needs the permission says
   * nothing about one ticket.
   *
   * @param permission as {@code ticket:update}
   * @throws org.talka.api.error.DomainException NOT_FOUND as {@link #find} finds nothing, FORBIDDEN
   *     when the caller's permission does not reach this ticket
   */
  void require(String key, String permission);

  /**
   * @param filter joined with what the caller may see
   * @param sort a field name, with a minus before it for descending; {@code -updatedAt} when null
   * @param limit 1 to 200
   * @param after the cursor of the page before, or null for the first page
   */
  Page<Ticket> list(Filter filter, String sort, int limit, String after);

  Ticket create(String type, Map<String, Object> values);

  /**
   * @param version the version that the change was made against
   * @param changes new values by name; null empties a field; what is absent stays
   */
  Ticket update(String key, long version, Map<String, Object> changes);

  Ticket transition(String key, String transition, Map<String, Object> changes, String comment);

  Comment comment(String key, String body, boolean internal);

  List<Comment> comments(String key);

  void link(String fromKey, String linkType, String toKey);

  void unlink(String key, long linkId);

  List<TicketLink> links(String key);
}
