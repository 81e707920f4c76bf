/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.view;

import java.util.List;
import org.talka.ticket.internal.share.Audience;

/**
 * What somebody gives for a view; null where nothing is said.
 *
 * @param audience a word of {@link Audience}
 * @param team a team's key
 */
public record ViewValues(
    String name, String q, String sort, List<String> columns, String audience, String team) {

  /** These, and the view's own where nothing is said. */
  ViewValues over(SavedView view, String teamKey) {
    return new ViewValues(
        name == null ? view.name() : name,
        q == null ? view.query() : q,
        sort == null ? view.sort() : sort,
        columns == null ? view.columns() : columns,
        audience == null ? view.sharing().audience().word() : audience,
        team == null ? teamKey : team);
  }
}
