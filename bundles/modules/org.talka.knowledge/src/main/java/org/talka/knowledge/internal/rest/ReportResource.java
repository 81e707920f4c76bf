/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.query.Page;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Feedback;
import org.talka.knowledge.internal.service.Library;
import org.talka.knowledge.internal.store.Asked;
import org.talka.knowledge.internal.store.Day;
import org.talka.knowledge.internal.store.FeedbackStore;

/** What people looked for in vain, and how many were answered without asking. */
@Component(service = ReportResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=knowledge)")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission(Reader.WRITE)
public class ReportResource {
  private static final int DAYS = 30;

  private final Feedback feedback;
  private final FeedbackStore store;
  private final Library library;

  @Activate
  public ReportResource(
      @Reference Feedback feedback, @Reference FeedbackStore store, @Reference Library library) {
    this.feedback = feedback;
    this.store = store;
    this.library = library;
  }

  /**
   * A search that ended without an article being opened.
   *
   * @param place {@code portal} or {@code desk}
   * @param found how many articles were shown
   */
  public record NewSearch(String text, String place, int found) {}

  @POST
  @Path("searches")
  @SignedIn
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say that a search ended without an article being opened", status = 204)
  public Response searched(NewSearch search) {
    FeedbackResource.one("place", search.place(), Feedback.PLACES);
    if (search.text() == null) {
      throw DomainException.invalid("text", "error.knowledge.field.required");
    }
    feedback.missed(search.text(), search.place(), Math.max(0, search.found()));
    return Response.noContent().build();
  }

  /**
   * Words that people looked for and found nothing they would open.
   *
   * @param times how often, in half a year
   * @param found how many articles were shown the last time
   */
  public record MissView(String text, String place, long times, int found, Instant lastAt) {}

  @GET
  @Path("reports/misses")
  @Operation(
      value = "List searches after which nobody opened an article, the most frequent first",
      answers = MissView.class,
      paged = true)
  public Page<MissView> misses(
      @QueryParam("limit") String limit, @QueryParam("after") String after) {
    int most = Request.limit(limit);
    List<Asked> found = store.missed(place(after), most + 1);
    List<Asked> page = found.size() > most ? found.subList(0, most) : found;
    return new Page<>(
        page.stream()
            .map(
                miss ->
                    new MissView(
                        miss.words(), miss.place(), miss.times(), miss.found(), miss.lastAt()))
            .toList(),
        found.size() > most ? Optional.of(cursor(page.get(most - 1))) : Optional.empty());
  }

  private static String cursor(Asked last) {
    String text = last.place() + " " + last.words();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A row that has gone since is no place to go on from. */
  private Optional<Asked> place(String cursor) {
    if (cursor == null || cursor.isBlank()) {
      return Optional.empty();
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 2);
      // no row has control characters, and not every database can be asked for them
      boolean possible = parts.length == 2 && text.chars().noneMatch(Character::isISOControl);
      Optional<Asked> last = possible ? store.asked(parts[1], parts[0]) : Optional.empty();
      return Optional.of(
          last.orElseThrow(() -> DomainException.malformed("error.knowledge.cursor")));
    } catch (IllegalArgumentException e) {
      throw DomainException.malformed("error.knowledge.cursor");
    }
  }

  @DELETE
  @Path("reports/misses")
  @RequiresPermission(Reader.MANAGE)
  @Operation(value = "Forget a search: it is answered now", status = 204)
  public Response forget(@QueryParam("text") String text, @QueryParam("place") String place) {
    String words = text == null ? "" : text;
    String where = place == null ? "" : place;
    if ((words + where).chars().noneMatch(Character::isISOControl)) {
      store.forget(words, where);
    }
    return Response.noContent().build();
  }

  /** A day. */
  public record DayView(LocalDate day, long answered, long asked) {}

  /**
   * Who was answered by an article instead of asking, in the last thirty days.
   *
   * @param minutes how long somebody must have asked nothing after opening an article
   * @param answered people who opened a suggested or found article in the portal and made no ticket
   * @param asked people who opened one and made a ticket all the same
   */
  public record DeflectionView(int minutes, long answered, long asked, List<DayView> days) {}

  @GET
  @Path("reports/deflection")
  @Operation(
      value = "Count who was answered by an article instead of asking, in thirty days",
      answers = DeflectionView.class)
  public DeflectionView deflection() {
    List<Day> days = store.days(library.reader().today().toEpochDay() - DAYS + 1);
    return new DeflectionView(
        library.settings().deflectionMinutes(),
        days.stream().mapToLong(Day::answered).sum(),
        days.stream().mapToLong(Day::asked).sum(),
        days.stream()
            .map(
                day ->
                    new DayView(LocalDate.ofEpochDay(day.epochDay()), day.answered(), day.asked()))
            .toList());
  }
}
