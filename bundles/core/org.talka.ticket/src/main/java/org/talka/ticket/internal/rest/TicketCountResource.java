/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.text.Translator;
import org.talka.rest.PageAnswer;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.service.TicketReader;

/**
 * How much is in several lists, up to a bound: a number beside a queue, at the same cost for ten
 * tickets and for ten million.
 */
@Component(service = TicketCountResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("ticket-counts")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class TicketCountResource {
  private static final int MOST = 99;
  private static final int QUERIES = 60;

  private final TicketLists lists;
  private final TicketReader reader;
  private final Translator translator;

  @Activate
  public TicketCountResource(
      @Reference TicketLists lists,
      @Reference TicketReader reader,
      @Reference Translator translator) {
    this.lists = lists;
    this.reader = reader;
    this.translator = translator;
  }

  @GET
  @Operation(value = "Count tickets up to 99", answers = CountView.class, paged = true)
  public PageAnswer<CountView> count(@QueryParam("q") List<String> queries) {
    if (queries.size() > QUERIES) {
      throw DomainException.malformed("error.ticket.count.queries", "max", QUERIES);
    }
    return PageAnswer.whole(queries.stream().map(this::count).toList());
  }

  /** One list that can't be read does not take the numbers of the others away. */
  private CountView count(String query) {
    try {
      int found = lists.count(query, MOST + 1);
      return new CountView(query, Math.min(found, MOST), found > MOST, null);
    } catch (DomainException refused) {
      if (refused.kind() != ErrorKind.MALFORMED) {
        throw refused;
      }
      Locale locale = reader.caller().locale();
      return new CountView(query, null, false, translator.translate(refused.text(), locale));
    }
  }

  /**
   * How much is in a list.
   *
   * @param count at most 99; absent when the query is refused
   * @param more whether there are more than that
   * @param problem what is wrong with the query
   */
  public record CountView(String q, Integer count, boolean more, String problem) {}
}
