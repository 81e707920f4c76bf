/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsApplicationSelect;
import org.osgi.service.jakartars.whiteboard.propertytypes.JakartarsResource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.security.Seal;
import org.talka.security.internal.language.Glossary;
import org.talka.security.internal.language.Renamed;
import org.talka.security.internal.language.Word;

/** The words of the desk, and what is said instead of them. */
@Component(service = WordResource.class)
@JakartarsResource
@JakartarsApplicationSelect("(osgi.jakartars.name=talka.core)")
@Path("words/{language}")
@Produces(MediaType.APPLICATION_JSON)
@RequiresPermission("setting:admin")
public class WordResource {
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
  private static final Pattern TAG = Pattern.compile("\"\\d{1,18}\"");

  private final Glossary glossary;
  private final Seal seal;

  @Activate
  public WordResource(@Reference Glossary glossary, @Reference Seal seal) {
    this.glossary = glossary;
    this.seal = seal;
  }

  /**
   * A word in one language. Places in braces are filled in.
   *
   * @param module whose word it is: {@code core} for the desk's own
   * @param original null where English stands in, and while its module is away
   * @param english null while its module is away
   * @param text what is said instead, null when it was not renamed
   * @param version 0 when it was not renamed
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record WordView(
      String key,
      String module,
      String original,
      String english,
      String text,
      Instant changedAt,
      String changedBy,
      long version) {
    static WordView of(Word word) {
      Optional<Renamed> renamed = word.renamed();
      return new WordView(
          word.key(),
          word.module(),
          word.original().orElse(null),
          word.english().orElse(null),
          renamed.map(Renamed::text).orElse(null),
          renamed.map(Renamed::changedAt).orElse(null),
          renamed.map(Renamed::changedBy).orElse(null),
          renamed.map(Renamed::version).orElse(0L));
    }
  }

  /** What is said from now on. */
  public record NewText(String text) {}

  @GET
  @Operation(
      value = "List the words of a language in the order of their keys",
      answers = WordView.class,
      paged = true)
  public Listing<WordView> list(
      @PathParam("language") String language,
      @QueryParam("q") String q,
      @QueryParam("module") String module,
      @QueryParam("only") String only,
      @QueryParam("limit") String limit,
      @QueryParam("after") String after) {
    Paging paging = Paging.of("words", seal, limit, after);
    Glossary.Wanted wanted =
        new Glossary.Wanted(
            Optional.ofNullable(q).map(String::strip).filter(text -> !text.isEmpty()),
            Optional.ofNullable(module).filter(id -> !id.isBlank()),
            only(only));
    return paging.page(
        glossary.list(locale(language), wanted, paging.after().orElse(""), paging.fetch()),
        Word::key,
        WordView::of);
  }

  @GET
  @Path("{key}")
  @Operation(value = "Show a word", answers = WordView.class)
  public Response get(@PathParam("language") String language, @PathParam("key") String key) {
    return answer(glossary.word(locale(language), key));
  }

  @PUT
  @Path("{key}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(value = "Say something else instead of a word", answers = WordView.class)
  public Response rename(
      @PathParam("language") String language,
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch,
      NewText text) {
    return answer(glossary.rename(locale(language), key, version(ifMatch), text.text()));
  }

  @DELETE
  @Path("{key}")
  @Operation(value = "Say what the word came with again", answers = WordView.class)
  public Response takeBack(
      @PathParam("language") String language,
      @PathParam("key") String key,
      @HeaderParam("If-Match") String ifMatch) {
    return answer(glossary.takeBack(locale(language), key, version(ifMatch)));
  }

  private static Response answer(Word word) {
    WordView view = WordView.of(word);
    return Response.ok(view).tag(new EntityTag(Long.toString(view.version()))).build();
  }

  private static Locale locale(String language) {
    if (!LANGUAGE.matcher(language).matches()) {
      throw DomainException.notFound("error.word.language");
    }
    return Locale.forLanguageTag(language);
  }

  private static Glossary.Only only(String only) {
    if (only == null || only.isBlank()) {
      return Glossary.Only.ALL;
    }
    for (Glossary.Only each : Glossary.Only.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(only)) {
        return each;
      }
    }
    throw DomainException.malformed("error.word.only");
  }

  private static long version(String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw DomainException.of(ErrorKind.PRECONDITION_REQUIRED, "error.appearance.unseen");
    }
    String tag = ifMatch.strip();
    if (!TAG.matcher(tag).matches()) {
      throw DomainException.of(ErrorKind.STALE, "error.word.stale");
    }
    return Long.parseLong(tag.substring(1, tag.length() - 1));
  }
}
