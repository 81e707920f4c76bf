/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.text;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.parser.PostProcessor;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.text.TextContentNodeRendererContext;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * Finds {@code @handle} in shown text, not in code and not in links. A handle may be followed by
 * the punctuation of a sentence, some of which may be part of a handle: the longest that is known
 * counts.
 */
final class MentionMarks implements Parser.ParserExtension {
  /** What stands before must not be part of an address or a word. */
  private static final Pattern HANDLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_.@/+-])@([A-Za-z0-9._@:-]{2,80})");

  private static final Pattern END = Pattern.compile("[._@:-]+[^._@:-]*$|[._@:-]+$");

  /** How often a handle is shortened before it is given up. */
  private static final int SHORTER = 4;

  private final Function<String, Optional<String>> names;

  /**
   * @param names the name behind a handle in lower case; nothing when there is none
   */
  MentionMarks(Function<String, Optional<String>> names) {
    this.names = names;
  }

  @Override
  public void extend(Parser.Builder builder) {
    builder.postProcessor(
        (PostProcessor)
            document -> {
              document.accept(new Finder());
              return document;
            });
  }

  private final class Finder extends AbstractVisitor {
    @Override
    public void visit(Link link) {
      // what a link says is not searched
    }

    @Override
    public void visit(Text text) {
      if (text.getLiteral().indexOf('@') >= 0) {
        split(text);
      }
    }
  }

  private void split(Text text) {
    String literal = text.getLiteral();
    Matcher matcher = HANDLE.matcher(literal);
    Node last = text;
    int from = 0;
    while (matcher.find()) {
      Optional<Mention> mention = mention(matcher.group(1));
      if (mention.isPresent()) {
        last = after(last, new Text(literal.substring(from, matcher.start())));
        last = after(last, mention.get());
        from = matcher.start() + 1 + mention.get().handle().length();
      }
    }
    if (last != text) {
      after(last, new Text(literal.substring(from)));
      text.unlink();
    }
  }

  private static Node after(Node place, Node node) {
    place.insertAfter(node);
    return node;
  }

  private Optional<Mention> mention(String written) {
    String handle = written.toLowerCase(Locale.ROOT);
    for (int i = 0; i <= SHORTER && handle.length() >= 2; i++) {
      Optional<String> name = names.apply(handle);
      if (name.isPresent()) {
        return Optional.of(new Mention(handle, name.get()));
      }
      String shorter = END.matcher(handle).replaceFirst("");
      if (shorter.length() == handle.length()) {
        break;
      }
      handle = shorter;
    }
    return Optional.empty();
  }

  /** Shows the name, and the handle to who asks. */
  static final class Shown
      implements HtmlRenderer.HtmlRendererExtension,
          TextContentRenderer.TextContentRendererExtension {
    @Override
    public void extend(HtmlRenderer.Builder builder) {
      builder.nodeRendererFactory(HtmlChip::new);
    }

    @Override
    public void extend(TextContentRenderer.Builder builder) {
      builder.nodeRendererFactory(Word::new);
    }
  }

  private static final class HtmlChip implements NodeRenderer {
    private final HtmlWriter html;

    HtmlChip(HtmlNodeRendererContext context) {
      this.html = context.getWriter();
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Mention.class);
    }

    @Override
    public void render(Node node) {
      Mention mention = (Mention) node;
      html.tag("span", new TreeMap<>(Map.of("class", "mention", "title", "@" + mention.handle())));
      html.text("@" + mention.name());
      html.tag("/span");
    }
  }

  private static final class Word implements NodeRenderer {
    private final TextContentNodeRendererContext context;

    Word(TextContentNodeRendererContext context) {
      this.context = context;
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(Mention.class);
    }

    @Override
    public void render(Node node) {
      context.getWriter().write("@" + ((Mention) node).name());
    }
  }
}
