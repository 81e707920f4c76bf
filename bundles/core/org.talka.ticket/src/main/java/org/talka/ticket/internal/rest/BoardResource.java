/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Person;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.ticket.internal.board.BoardColumn;
import org.talka.ticket.internal.board.Boards;
import org.talka.ticket.internal.list.TicketLists;
import org.talka.ticket.internal.model.TicketImage;

/** A list of tickets in columns. Each column is a list of its own, with pages of its own. */
@Component(service = BoardResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("board")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class BoardResource {
  private static final int MOST = 99;

  private final Boards boards;
  private final TicketLists lists;
  private final TicketViews views;

  @Activate
  public BoardResource(
      @Reference Boards boards, @Reference TicketLists lists, @Reference TicketViews views) {
    this.boards = boards;
    this.lists = lists;
    this.views = views;
  }

  @GET
  @Operation(value = "Show a list of tickets in columns", answers = BoardView.class)
  public BoardView board(
      @QueryParam("q") String query,
      @QueryParam("by") String by,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit) {
    return view(text(query), by, Optional.of(page(sort, limit, null)));
  }

  @GET
  @Path("counts")
  @Operation(value = "Count what stands in the columns, up to 99 each", answers = BoardView.class)
  public BoardView counts(@QueryParam("q") String query, @QueryParam("by") String by) {
    return view(text(query), by, Optional.empty());
  }

  @GET
  @Path("columns/{column}")
  @Operation(value = "List the tickets of a column", answers = TicketView.class, paged = true)
  public PageAnswer<TicketView> column(
      @PathParam("column") String key,
      @QueryParam("q") String query,
      @QueryParam("by") String by,
      @QueryParam("sort") String sort,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    BoardColumn column = boards.board(text(query), by).column(key);
    Page<TicketImage> found = found(text(query), column, page(sort, limit, after));
    return new PageAnswer<>(views.list(found.items()), found.next().orElse(null));
  }

  private BoardView view(String query, String by, Optional<PageParameters> page) {
    Boards.Board board = boards.board(query, by);
    List<ColumnView> columns = new ArrayList<>();
    for (BoardColumn column : board.columns()) {
      columns.add(view(query, column, page));
    }
    return new BoardView(board.by().word(), columns);
  }

  private ColumnView view(String query, BoardColumn column, Optional<PageParameters> page) {
    Optional<Page<TicketImage>> found =
        page.filter(asked -> !column.exit()).map(asked -> found(query, column, asked));
    boolean whole = found.filter(first -> first.next().isEmpty()).isPresent();
    int count =
        column.exit()
            ? 0
            : whole ? found.get().items().size() : lists.count(query, column.filter(), MOST + 1);
    return new ColumnView(
        column.key(),
        column
            .title()
            .map(boards::title)
            .or(() -> column.person().map(Person::displayName))
            .orElse(null),
        column.states(),
        column.value().orElse(null),
        column.person().map(TicketViews::person).orElse(null),
        column.exit(),
        Math.min(count, MOST),
        count > MOST,
        found.map(first -> views.list(first.items())).orElse(List.of()),
        found.flatMap(Page::next).orElse(null));
  }

  private Page<TicketImage> found(String query, BoardColumn column, PageParameters page) {
    return lists.query(query, column.filter(), page.sort(), page.limit(), page.after());
  }

  private static PageParameters page(String sort, String limit, String after) {
    return PageParameters.of(limit, sort, after, TicketLists.SORTS, TicketLists.NEWEST);
  }

  private static String text(String query) {
    return query == null ? "" : query;
  }

  /**
   * A board.
   *
   * @param by {@code state}, {@code category}, {@code priority} or {@code assignee}
   */
  public record BoardView(String by, List<ColumnView> columns) {}

  /**
   * A column.
   *
   * @param title in the caller's language; absent for what nobody has
   * @param states the states that it stands for
   * @param value the state category or the priority that it stands for
   * @param exit whether the query rules out what stands in it: a ticket can be moved there, and
   *     leaves the board
   * @param count at most 99
   * @param more whether there are more than that
   * @param items the first page; none when only counted
   * @param next the cursor of the page after, for {@code /board/columns/{key}}
   */
  public record ColumnView(
      String key,
      String title,
      List<BoardColumn.State> states,
      String value,
      PersonView assignee,
      boolean exit,
      int count,
      boolean more,
      List<TicketView> items,
      String next) {}
}
