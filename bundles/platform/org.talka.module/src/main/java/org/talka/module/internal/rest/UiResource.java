/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.error.FieldError;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.ui.UiContributionDefinition;
import org.talka.api.ui.WidgetDefinition;
import org.talka.module.ModuleGuard;
import org.talka.module.internal.declare.DeclarationRegistry;
import org.talka.module.internal.declare.DeclarationRegistry.Declared;
import org.talka.module.internal.guard.PageFaults;
import org.talka.module.internal.intake.ArchiveReader;

/** What the web UI is made of beside its shell: contributions and words. */
@Component(service = UiResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("ui")
@Produces(MediaType.APPLICATION_JSON)
public class UiResource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})?");
  private static final int TAG = 16;
  private static final List<WidgetDefinition> NO_WIDGETS = List.of();

  /** The languages that people can choose, the desk's own first: with the words they change. */
  private static final String OFFERED = "Talka-Languages";

  private final DeclarationRegistry declarations;
  private final Callers callers;
  private final ModuleGuard guard;
  private final PageFaults faults;

  /** The catalogues as they were sent last, by language; as many as the desk has. */
  private final Map<String, Sent> sent = new ConcurrentHashMap<>();

  private record Sent(Map<String, String> words, String body, String tag) {}

  @Activate
  public UiResource(
      @Reference DeclarationRegistry declarations,
      @Reference Callers callers,
      @Reference ModuleGuard guard,
      @Reference PageFaults faults) {
    this.declarations = declarations;
    this.faults = faults;
    this.guard = guard;
    this.callers = callers;
  }

  /**
   * @param generation grows with every change of what is offered
   * @param notices what is missing from what is offered, and why; the reason is for those who may
   *     read of modules
   */
  public record Contributions(long generation, List<Contribution> items, List<Notice> notices) {}

  /**
   * @param kind {@code quarantine}, {@code degraded}, {@code leak} or {@code page}: something of it
   *     fails in browsers
   */
  public record Notice(String module, String kind, String text) {}

  /**
   * Everybody hears which module is away; why, and what only costs memory, is for administrators.
   */
  private List<Notice> notices(Caller caller) {
    boolean all = caller.may("module:read");
    return guard.notices(caller.locale()).stream()
        .filter(notice -> all || notice.kind().equals("quarantine"))
        .map(
            notice ->
                new Notice(
                    notice.module(),
                    notice.kind(),
                    all ? notice.text() : guard.briefly(notice, caller.locale())))
        .toList();
  }

  /**
   * @param script the address of an ES module; absent for what the shell renders itself
   * @param frame likewise of a page that is shown in a sandbox
   * @param scopes what that may use the API for
   */
  public record Contribution(
      String module,
      String moduleVersion,
      String point,
      String key,
      int order,
      Optional<String> icon,
      Optional<String> permission,
      Map<String, Object> view,
      Optional<String> script,
      Optional<String> frame,
      List<String> scopes,
      Map<String, Object> props) {}

  @GET
  @Path("contributions")
  @Open(portal = true)
  @Operation(
      value = "List what modules add to the web UI for the caller",
      answers = Contributions.class)
  public Response contributions(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
    Caller caller = callers.current();
    boolean visitor = caller.kind() == Caller.Kind.ANONYMOUS;
    long generation = declarations.generation();
    List<Contribution> items = new ArrayList<>();
    for (Declared declared : declarations.declared()) {
      for (UiContributionDefinition ui : declared.descriptor().ui()) {
        if (offered(ui, caller)) {
          items.add(contribution(declared, ui));
        }
      }
      for (WidgetDefinition widget : visitor ? NO_WIDGETS : declared.descriptor().widgets()) {
        if (widget.permission() == null || caller.may(widget.permission())) {
          items.add(widget(declared, widget));
        }
      }
    }
    items.sort(
        Comparator.comparing(Contribution::point)
            .thenComparingInt(Contribution::order)
            .thenComparing(Contribution::key));
    List<Notice> notices = visitor ? List.of() : notices(caller);
    String tag =
        "\"" + generation + "-" + Integer.toHexString(List.of(items, notices).hashCode()) + "\"";
    return tag.equals(seen)
        ? Response.notModified().header(HttpHeaders.ETAG, tag).build()
        : Response.ok(new Contributions(generation, items, notices))
            .header(HttpHeaders.ETAG, tag)
            .build();
  }

  /** Visitors get what is marked as public, people what they may see. */
  private static boolean offered(UiContributionDefinition ui, Caller caller) {
    return caller.kind() == Caller.Kind.ANONYMOUS
        ? ui.open() && ui.permission() == null
        : ui.permission() == null || caller.may(ui.permission());
  }

  private static Contribution contribution(Declared declared, UiContributionDefinition ui) {
    String module = declared.descriptor().id();
    String folder =
        declared.descriptor().module() ? "/ui/m/" + module + "/" + declared.edition() + "/" : "";
    return new Contribution(
        module,
        declared.descriptor().version(),
        ui.point(),
        ui.key(),
        ui.order(),
        Optional.ofNullable(ui.icon()),
        Optional.ofNullable(ui.permission()),
        ui.view(),
        Optional.ofNullable(ui.script()).map(file -> folder + file),
        Optional.ofNullable(ui.frame()).map(file -> folder + "frame/" + file),
        ui.scopes(),
        ui.props());
  }

  /** A widget that the shell draws: what it shows is its view. */
  private static Contribution widget(Declared declared, WidgetDefinition widget) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("kind", widget.kind());
    view.put("q", widget.q());
    put(view, "sort", widget.sort());
    put(view, "limit", widget.limit());
    put(view, "shape", widget.shape());
    put(view, "by", widget.by());
    put(view, "over", widget.over());
    put(view, "days", widget.days());
    put(view, "width", widget.width());
    put(view, "height", widget.height());
    return new Contribution(
        declared.descriptor().id(),
        declared.descriptor().version(),
        "widget",
        widget.key(),
        widget.order(),
        Optional.ofNullable(widget.icon()),
        Optional.ofNullable(widget.permission()),
        view,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of());
  }

  /** What says nothing is left out. */
  private static void put(Map<String, Object> view, String name, Object value) {
    if (value != null && !value.equals(0) && !value.equals(List.of())) {
      view.put(name, value);
    }
  }

  @GET
  @Path("messages/{language}")
  @Open
  @Operation(value = "Get all words in a language, English where it lacks one", answers = Map.class)
  public Response messages(
      @PathParam("language") String language, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String seen) {
    if (!LANGUAGE.matcher(language).matches()) {
      throw DomainException.notFound("error.module.language");
    }
    Locale wanted = Locale.forLanguageTag(language);
    List<String> offered =
        declarations.offered().stream().map(Locale::getLanguage).distinct().toList();
    Sent now = now(wanted);
    Response.ResponseBuilder answer =
        now.tag().equals(seen) ? Response.notModified() : Response.ok(now.body());
    boolean spoken = offered.contains(wanted.getLanguage());
    return answer
        .header(HttpHeaders.ETAG, now.tag())
        .header(HttpHeaders.CONTENT_LANGUAGE, spoken ? wanted.getLanguage() : offered.get(0))
        .header(OFFERED, String.join(", ", offered))
        .build();
  }

  /**
   * What a page tells of a part that failed in it.
   *
   * @param moduleVersion that the page had loaded
   * @param message the browser's
   */
  public record Failure(
      String module, String moduleVersion, String point, String key, String message) {}

  @POST
  @Path("failures")
  @Consumes(MediaType.APPLICATION_JSON)
  @SignedIn
  @Operation(
      value = "Tell that a module's part failed in a page; what is not there any more is left out",
      takes = Failure.class,
      status = 204)
  public Response failed(Failure failure) {
    List<FieldError> missing = new ArrayList<>();
    need(failure == null ? null : failure.module(), "module", missing);
    need(failure == null ? null : failure.point(), "point", missing);
    need(failure == null ? null : failure.key(), "key", missing);
    if (!missing.isEmpty()) {
      throw DomainException.invalid(missing);
    }
    faults.report(
        callers.current().username(),
        new PageFaults.Part(failure.module(), failure.point(), failure.key()),
        Objects.requireNonNullElse(failure.moduleVersion(), ""),
        Objects.requireNonNullElse(failure.message(), ""));
    return Response.noContent().build();
  }

  private static void need(String value, String field, List<FieldError> missing) {
    if (value == null || value.isBlank()) {
      missing.add(new FieldError(field, Text.of("error.module.failure.missing")));
    }
  }

  private Sent now(Locale locale) {
    Map<String, String> words = declarations.words(locale);
    // a language that nobody speaks gets the English map, and must not fill this one
    String key = words == declarations.words(Locale.ENGLISH) ? "en" : locale.getLanguage();
    Sent last = sent.get(key);
    if (last == null || last.words() != words) {
      last = render(words);
      sent.put(key, last);
    }
    return last;
  }

  private static Sent render(Map<String, String> words) {
    try {
      String body = JSON.writeValueAsString(words);
      String digest = ArchiveReader.digest(body.getBytes(StandardCharsets.UTF_8));
      return new Sent(words, body, "\"" + digest.substring(0, TAG) + "\"");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
