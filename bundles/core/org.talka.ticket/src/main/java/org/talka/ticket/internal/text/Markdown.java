/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.text;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;
import org.osgi.service.component.annotations.Component;
import org.talka.api.text.MarkdownRenderer;

/**
 * Turns markdown into HTML that is safe to put into a page: raw HTML is shown as text, and what the
 * renderer makes passes a sanitiser, so that one mistake in either is not enough. Thread-safe.
 */
@Component(service = {Markdown.class, MarkdownRenderer.class})
public class Markdown implements MarkdownRenderer {
  private static final List<Extension> EXTENSIONS =
      List.of(
          TablesExtension.create(), AutolinkExtension.create(), TaskListItemsExtension.create());

  private static final List<Extension> SHOWN = with(new MentionMarks.Shown());

  /** Characters of HTML kept; conversations in view are few. */
  private static final long CACHED = 4_000_000;

  private static final int NESTED = 50;

  private final Parser parser =
      Parser.builder().extensions(EXTENSIONS).maxOpenBlockParsers(NESTED).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(SHOWN)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .softbreak("<br />\n")
          .build();
  private final TextContentRenderer words = TextContentRenderer.builder().extensions(SHOWN).build();
  private final SafeHtml safe = new SafeHtml();
  private final Cache<String, String> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHED)
          .<String, String>weigher((key, html) -> key.length() + html.length())
          .build();

  @Override
  public String html(String markdown) {
    if (markdown.isEmpty()) {
      return "";
    }
    return cache.get(digest(markdown), key -> render(markdown));
  }

  /**
   * How a text begins, in one line and without marks.
   *
   * @param names the names behind handles, in lower case
   * @param max characters at most
   */
  public String plain(String markdown, Map<String, String> names, int max) {
    // the beginning is enough, and marks that are cut off do no harm
    String begin = markdown.length() > 4 * max ? markdown.substring(0, 4 * max) : markdown;
    Parser reader =
        names.isEmpty() ? parser : marking(handle -> Optional.ofNullable(names.get(handle)));
    String line = words.render(reader.parse(begin)).replaceAll("\\s+", " ").strip();
    return line.length() <= max ? line : line.substring(0, max - 1).strip() + "…";
  }

  /**
   * The text with the names of those who are called in it.
   *
   * @param names the names behind handles, in lower case; other handles stay text
   */
  public String html(String markdown, Map<String, String> names) {
    if (names.isEmpty()) {
      return html(markdown);
    }
    Map<String, String> sorted = new TreeMap<>(names);
    return cache.get(
        digest(sorted + "\n" + markdown),
        key ->
            safe.clean(
                renderer.render(
                    marking(handle -> Optional.ofNullable(sorted.get(handle))).parse(markdown))));
  }

  /**
   * Looks for handles in what is shown of a text.
   *
   * @param names is asked for everything that could be one
   */
  public void handles(String markdown, Function<String, Optional<String>> names) {
    if (markdown.indexOf('@') >= 0) {
      marking(names).parse(markdown);
    }
  }

  /** The marks come first: a handle may look like an address, which would become a link. */
  private static Parser marking(Function<String, Optional<String>> names) {
    return Parser.builder()
        .extensions(with(new MentionMarks(names)))
        .maxOpenBlockParsers(NESTED)
        .build();
  }

  private static List<Extension> with(Extension first) {
    List<Extension> all = new ArrayList<>();
    all.add(first);
    all.addAll(EXTENSIONS);
    return List.copyOf(all);
  }

  String render(String markdown) {
    return safe.clean(renderer.render(parser.parse(markdown)));
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
