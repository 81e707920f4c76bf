/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.rest;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.security.Callers;
import org.talka.api.security.Person;
import org.talka.api.security.PersonId;
import org.talka.api.text.Translator;
import org.talka.rest.PageAnswer;
import org.talka.rest.PageParameters;
import org.talka.security.Seal;
import org.talka.ticket.internal.model.CommentImage;
import org.talka.ticket.internal.model.TicketImage;
import org.talka.ticket.internal.model.Words;
import org.talka.ticket.internal.notice.Notice;
import org.talka.ticket.internal.notice.NoticeKind;
import org.talka.ticket.internal.notice.Notices;
import org.talka.ticket.internal.notice.Notices.NoticePage;
import org.talka.ticket.internal.notice.Notices.Shown;
import org.talka.ticket.internal.notice.RecordNews;
import org.talka.ticket.internal.rule.Refusals;
import org.talka.ticket.internal.service.Mentions;
import org.talka.ticket.internal.store.NoticeStore.Place;
import org.talka.ticket.internal.text.Markdown;
import org.talka.ticket.internal.type.TypeRegistry;

/** What the caller was told: nobody reads or changes what is somebody else's. */
@Component(service = NotificationResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("notifications")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("ticket:read")
public class NotificationResource {
  private static final String CURSOR = "notifications";
  private static final int MANY = 200;
  private static final int EXCERPT = 140;

  private final Notices notices;
  private final TicketViews views;
  private final TypeRegistry registry;
  private final Markdown markdown;
  private final Mentions mentions;
  private final Seal seal;
  private final Translator translator;
  private final Callers callers;

  @Activate
  public NotificationResource(
      @Reference Notices notices,
      @Reference TicketViews views,
      @Reference TypeRegistry registry,
      @Reference Markdown markdown,
      @Reference Mentions mentions,
      @Reference Seal seal,
      @Reference Translator translator,
      @Reference Callers callers) {
    this.notices = notices;
    this.views = views;
    this.registry = registry;
    this.markdown = markdown;
    this.mentions = mentions;
    this.seal = seal;
    this.translator = translator;
    this.callers = callers;
  }

  @GET
  @Operation(
      value = "List the caller's notifications, the newest first",
      answers = NotificationView.class,
      paged = true)
  public PageAnswer<NotificationView> list(
      @QueryParam("unread") String unread,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    int max = PageParameters.limit(limit);
    boolean only = flag(unread);
    NoticePage page = notices.page(only, open(after), max);
    Map<PersonId, Person> names =
        views.names(page.items().stream().flatMap(NotificationResource::people).toList());
    return new PageAnswer<>(
        page.items().stream().map(shown -> view(shown, names)).toList(),
        page.next().map(this::sealed).orElse(null));
  }

  @GET
  @Path("count")
  @Operation(value = "Count unread notifications up to 99", answers = UnreadView.class)
  public UnreadView count() {
    int unread = notices.unread();
    return new UnreadView(Math.min(unread, Notices.MOST), unread > Notices.MOST);
  }

  @POST
  @Path("read")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      value = "Mark notifications as read: some, a ticket's, or all until then",
      status = 204)
  public Response read(Reading reading) {
    boolean some = reading.ids() != null;
    boolean ticket = reading.ticket() != null;
    boolean all = reading.until() != null;
    if ((some ? 1 : 0) + (ticket ? 1 : 0) + (all ? 1 : 0) != 1) {
      throw DomainException.invalid("ids", "error.ticket.notice.which");
    }
    if (some) {
      notices.mark(ids(reading.ids()), true);
    } else if (ticket) {
      notices.readTicket(reading.ticket());
    } else {
      notices.readUntil(instant(reading.until()));
    }
    return Response.noContent().build();
  }

  @POST
  @Path("unread")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Mark notifications as unread", status = 204)
  public Response unread(Unreading unreading) {
    if (unreading.ids() == null) {
      throw DomainException.invalid("ids", "error.ticket.field.required");
    }
    notices.mark(ids(unreading.ids()), false);
    return Response.noContent().build();
  }

  @GET
  @Path("preferences")
  @Operation(value = "Show what the caller is told of", answers = PreferencesView.class)
  public PreferencesView preferences() {
    return preferences(notices.wanted());
  }

  @PATCH
  @Path("preferences")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      value = "Choose what the caller is told of",
      answers = PreferencesView.class,
      takes = PreferencesView.class)
  public PreferencesView choose(PreferencesView changes) {
    Refusals refusals = new Refusals();
    Map<NoticeKind, Boolean> wanted = new EnumMap<>(NoticeKind.class);
    if (changes.kinds() != null) {
      changes
          .kinds()
          .forEach(
              (word, on) -> {
                Optional<NoticeKind> kind = NoticeKind.of(word);
                if (kind.isEmpty() || on == null) {
                  refusals.add(
                      "kinds",
                      "error.ticket.field.choice",
                      "options",
                      String.join(", ", Notices.words(Set.of(NoticeKind.values()))));
                } else {
                  wanted.put(kind.get(), on);
                }
              });
    }
    refusals.raise();
    return preferences(notices.choose(wanted));
  }

  private static PreferencesView preferences(Set<NoticeKind> wanted) {
    Map<String, Boolean> kinds = new LinkedHashMap<>();
    for (NoticeKind kind : NoticeKind.values()) {
      kinds.put(kind.word(), wanted.contains(kind));
    }
    return new PreferencesView(kinds);
  }

  private NotificationView view(Shown shown, Map<PersonId, Person> names) {
    Notice notice = shown.notice();
    return new NotificationView(
        Long.toString(notice.id()),
        notice.kind().word(),
        Notices.words(notice.kinds()),
        notice.actor().isEmpty() ? null : views.person(notice.actor(), "", names),
        shown.ticket().map(this::line).orElse(null),
        notice.record().map(this::record).orElse(null),
        shown.comment().map(comment -> excerpt(comment, names)).orElse(null),
        notice.state().isEmpty() ? null : notice.state(),
        notice.at(),
        notice.read(),
        notice.times());
  }

  private TicketLine line(TicketImage ticket) {
    return new TicketLine(
        ticket.key(),
        ticket.type(),
        ticket.subject(),
        ticket.state(),
        Words.of(ticket.category()),
        registry
            .types()
            .find(ticket.type())
            .map(type -> type.workflow().key())
            .orElse(ticket.type()));
  }

  private RecordLine record(RecordNews news) {
    return new RecordLine(
        news.module(),
        news.record(),
        translator.translate(news.text(), callers.current().locale()),
        news.address());
  }

  private static Stream<PersonId> people(Shown shown) {
    return Stream.concat(
        shown.notice().actor().stream(),
        shown.comment().stream().flatMap(comment -> comment.mentioned().people().stream()));
  }

  private String excerpt(CommentImage comment, Map<PersonId, Person> names) {
    return markdown.plain(comment.body(), mentions.handles(comment.mentioned(), names), EXCERPT);
  }

  private Place open(String after) {
    if (after == null || after.isBlank()) {
      return Place.START;
    }
    String[] parts = seal.open(CURSOR, after).split(",", -1);
    try {
      return new Place(
          Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
          Long.parseLong(parts[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw DomainException.malformed("error.ticket.cursor");
    }
  }

  private String sealed(Place place) {
    return seal.seal(
        CURSOR, ChronoUnit.MICROS.between(Instant.EPOCH, place.at()) + "," + place.id());
  }

  private static boolean flag(String text) {
    if (text == null || text.isBlank() || text.equals("false")) {
      return false;
    }
    if (text.equals("true")) {
      return true;
    }
    throw DomainException.malformed("error.ticket.field.boolean");
  }

  private static List<Long> ids(List<String> given) {
    if (given.size() > MANY) {
      throw DomainException.invalid("ids", "error.ticket.field.too-many", "max", MANY);
    }
    List<Long> ids = new ArrayList<>();
    for (String id : given) {
      try {
        ids.add(Long.parseLong(String.valueOf(id)));
      } catch (NumberFormatException e) {
        throw DomainException.invalid("ids", "error.ticket.notice.which");
      }
    }
    return ids;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw DomainException.invalid("until", "error.ticket.field.datetime");
    }
  }

  /**
   * Something that the caller was told.
   *
   * @param kind what happened last: {@code assigned}, {@code team}, {@code reply}, {@code note},
   *     {@code state}, {@code mention}, {@code approval} or {@code record}
   * @param kinds all that happened since it was read last
   * @param actor who did it; absent for the system
   * @param ticket absent for {@code record}
   * @param record what a module tells; present for {@code record} only
   * @param excerpt how the reply or note begins, without its marks
   * @param state the state that was entered
   * @param times how much happened
   */
  public record NotificationView(
      String id,
      String kind,
      List<String> kinds,
      PersonView actor,
      TicketLine ticket,
      RecordLine record,
      String excerpt,
      String state,
      Instant at,
      boolean read,
      int times) {}

  /**
   * What a module tells of one of its records.
   *
   * @param text a sentence in the caller's language
   * @param address of its page below {@code /app/m/<module>/}
   */
  public record RecordLine(String module, String key, String text, String address) {}

  /** A ticket in one line. */
  public record TicketLine(
      String key,
      String type,
      String subject,
      String state,
      String stateCategory,
      String workflow) {}

  /**
   * How much is unread.
   *
   * @param count at most 99
   * @param more whether there is more than that
   */
  public record UnreadView(int count, boolean more) {}

  /**
   * What is read; one of them.
   *
   * @param ids of notifications
   * @param ticket the key of a ticket
   * @param until everything that happened up to this time
   */
  public record Reading(List<String> ids, String ticket, String until) {}

  /** What is not read yet. */
  public record Unreading(List<String> ids) {}

  /** Of which kinds the caller is told. */
  public record PreferencesView(Map<String, Boolean> kinds) {}
}
