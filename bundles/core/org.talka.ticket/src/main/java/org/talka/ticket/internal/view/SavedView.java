/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.List;
import org.talka.ticket.internal.share.Shared;
import org.talka.ticket.internal.share.Sharing;

/**
 * A list of tickets that somebody named and kept.
 *
 * @param query in the query language; {@code me} in it is whoever looks
 * @param sort as the list of tickets takes it
 * @param columns fields in the order in which they stand; none for the columns of the box
 */
public record SavedView(
    long id,
    String name,
    String query,
    String sort,
    List<String> columns,
    Sharing sharing,
    long version)
    implements Shared {
  public SavedView {
    columns = List.copyOf(columns);
  }
}
