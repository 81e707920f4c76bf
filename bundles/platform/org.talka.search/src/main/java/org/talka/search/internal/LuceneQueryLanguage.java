/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.queryparser.flexible.core.QueryNodeParseException;
import org.apache.lucene.queryparser.flexible.core.nodes.QueryNode;
import org.apache.lucene.queryparser.flexible.standard.parser.ParseException;
import org.apache.lucene.queryparser.flexible.standard.parser.StandardSyntaxParser;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.search.FieldCatalogue;
import org.talka.search.QueryLanguage;

/**
 * Lucene's own parser for the syntax, {@link QueryReader} for the meaning. The parser is recursive:
 * what could exhaust the stack is refused before it sees it.
 */
@Component(service = QueryLanguage.class)
public final class LuceneQueryLanguage implements QueryLanguage {
  private static final int MAX_LENGTH = 4_096;
  private static final int MAX_DEPTH = 30;
  private static final Pattern LEXICAL_ERROR = Pattern.compile("column (\\d{1,6})");

  private final Clock clock;

  @Activate
  public LuceneQueryLanguage() {
    this(Clock.systemUTC());
  }

  LuceneQueryLanguage(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Filter parse(String query, FieldCatalogue catalogue) {
    if (query.length() > MAX_LENGTH) {
      throw DomainException.malformed("error.query.length", "limit", MAX_LENGTH);
    }
    if (query.isBlank()) {
      return new Filter.All();
    }
    refuseDepth(query);
    return new QueryReader(query, catalogue, new TimeExpressions(clock)).read(syntax(query));
  }

  private static QueryNode syntax(String query) {
    try {
      return new StandardSyntaxParser().parse(query, null);
    } catch (QueryNodeParseException | IllegalArgumentException e) {
      throw DomainException.malformed("error.query.syntax", "position", position(query, e));
    }
  }

  /** Counted from 1, as people do; just behind the end when something is missing there. */
  private static int position(String query, Exception e) {
    int column = query.length();
    if (e instanceof ParseException parse && parse.currentToken != null) {
      if (parse.currentToken.next != null) {
        column = parse.currentToken.next.beginColumn;
      }
    } else {
      Matcher matcher = LEXICAL_ERROR.matcher(String.valueOf(e.getMessage()));
      if (matcher.find()) {
        column = Integer.parseInt(matcher.group(1)) - 1;
      }
    }
    return Math.max(0, Math.min(column, query.length())) + 1;
  }

  private static void refuseDepth(String query) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(' && ++depth > MAX_DEPTH) {
        throw DomainException.malformed("error.query.depth", "limit", MAX_DEPTH, "position", i + 1);
      } else if (!quoted && c == ')') {
        depth--;
      }
    }
  }
}
