/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.queryparser.flexible.core.nodes.BooleanQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.BoostQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.FieldQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.FuzzyQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.GroupQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.ModifierQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.OrQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.QueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.QuotedFieldQueryNode;
import org.apache.lucene.queryparser.flexible.core.nodes.SlopQueryNode;
import org.apache.lucene.queryparser.flexible.core.util.UnescapedCharSequence;
import org.apache.lucene.queryparser.flexible.standard.nodes.RegexpQueryNode;
import org.apache.lucene.queryparser.flexible.standard.nodes.TermRangeQueryNode;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.search.FieldCatalogue;
import org.talka.search.SearchField;
import org.talka.search.SearchField.Kind;

/**
 * Gives Lucene's syntax tree its meaning: names become fields of the catalogue, values what the
 * field's kind says. OR, AND and NOT are those of logic: {@code a OR NOT b} finds what lacks b. A
 * boost has no meaning for a condition and is passed over; regular expressions, fuzzy terms and
 * slop are refused.
 */
final class QueryReader {
  private static final int MAX_CLAUSES = 200;

  /** Enough for any figure of a desk, and nothing like 1e999999999. */
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");

  private static final String ANYTHING = "*";

  private final String query;
  private final FieldCatalogue catalogue;
  private final TimeExpressions times;
  private int clauses;

  QueryReader(String query, FieldCatalogue catalogue, TimeExpressions times) {
    this.query = query;
    this.catalogue = catalogue;
    this.times = times;
  }

  Filter read(QueryNode node) {
    if (node instanceof BoostQueryNode boost) {
      return read(boost.getChild());
    } else if (node instanceof GroupQueryNode group) {
      return read(group.getChild());
    } else if (node instanceof ModifierQueryNode modifier) {
      Filter child = read(modifier.getChild());
      return modifier.getModifier() == ModifierQueryNode.Modifier.MOD_NOT
          ? new Filter.Not(child)
          : child;
    } else if (node instanceof OrQueryNode or) {
      return either(or.getChildren());
    } else if (node instanceof BooleanQueryNode and) {
      return all(and.getChildren());
    } else if (node instanceof TermRangeQueryNode range) {
      count();
      return range(range);
    } else if (node instanceof FuzzyQueryNode || node instanceof SlopQueryNode) {
      throw DomainException.malformed("error.query.fuzzy", "position", position("~"));
    } else if (node instanceof RegexpQueryNode) {
      throw DomainException.malformed("error.query.regexp", "position", position("/"));
    } else if (node instanceof FieldQueryNode term) {
      count();
      return term(term);
    }
    throw DomainException.malformed("error.query.unsupported");
  }

  private void count() {
    if (++clauses > MAX_CLAUSES) {
      throw DomainException.malformed("error.query.clauses", "limit", MAX_CLAUSES);
    }
  }

  private Filter all(List<QueryNode> nodes) {
    Filter all = new Filter.All();
    for (QueryNode node : nodes) {
      all = Filter.and(all, read(node));
    }
    return all;
  }

  /** As in Lucene, what is marked with + is needed, and beside it the rest decides nothing. */
  private Filter either(List<QueryNode> nodes) {
    Filter any = new Filter.None();
    Filter needed = new Filter.All();
    boolean someNeeded = false;
    for (QueryNode node : nodes) {
      Filter part = read(node);
      any = Filter.or(any, part);
      if (node instanceof ModifierQueryNode modifier
          && modifier.getModifier() == ModifierQueryNode.Modifier.MOD_REQ) {
        needed = Filter.and(needed, part);
        someNeeded = true;
      }
    }
    return someNeeded ? needed : any;
  }

  private Filter term(FieldQueryNode node) {
    boolean quoted = node instanceof QuotedFieldQueryNode;
    String text = node.getText().toString();
    boolean prefix =
        !quoted
            && text.endsWith(ANYTHING)
            && !UnescapedCharSequence.wasEscaped(node.getText(), text.length() - 1);
    String beginning = prefix ? text.substring(0, text.length() - 1) : text;
    if (node.getField() == null) {
      if (prefix) {
        return beginning.isEmpty() ? new Filter.All() : new Filter.Prefix(null, beginning);
      }
      return new Filter.Words(null, text, quoted);
    }
    String name = node.getField().toString();
    if (name.equals(ANYTHING) && prefix && beginning.isEmpty()) {
      return new Filter.All();
    }
    SearchField field = field(name);
    if (prefix) {
      return beginning.isEmpty() ? new Filter.Exists(field.name()) : prefix(field, beginning);
    }
    return switch (field.kind()) {
      case TEXT -> new Filter.Words(field.name(), text, quoted);
      case KEYWORD -> catalogue.term(field, text);
      case NUMBER -> {
        String number = number(field, text);
        yield new Filter.Between(field.name(), number, number);
      }
      case INSTANT -> {
        TimeExpressions.Span span = span(field, text);
        yield new Filter.Between(field.name(), span.first().toString(), span.last().toString());
      }
    };
  }

  private Filter prefix(SearchField field, String beginning) {
    if (field.kind() == Kind.NUMBER || field.kind() == Kind.INSTANT) {
      throw DomainException.malformed(
          "error.query.wildcard", "field", field.name(), "position", position(field.name() + ":"));
    }
    return new Filter.Prefix(field.name(), beginning);
  }

  private Filter range(TermRangeQueryNode node) {
    if (node.getField() == null) {
      throw DomainException.malformed("error.query.rangeWithoutField");
    }
    SearchField field = field(node.getField().toString());
    String lower = node.getLowerBound().getTextAsString();
    String upper = node.getUpperBound().getTextAsString();
    boolean openLow = lower.isEmpty() || lower.equals(ANYTHING);
    boolean openHigh = upper.isEmpty() || upper.equals(ANYTHING);
    if (openLow && openHigh) {
      return new Filter.Exists(field.name());
    }
    return switch (field.kind()) {
      case NUMBER ->
          numbers(
              field,
              openLow ? null : number(field, lower),
              node.isLowerInclusive(),
              openHigh ? null : number(field, upper),
              node.isUpperInclusive());
      case INSTANT -> {
        Instant from = null;
        Instant to = null;
        if (!openLow) {
          TimeExpressions.Span span = span(field, lower);
          from = node.isLowerInclusive() ? span.first() : span.last().plusNanos(1_000);
        }
        if (!openHigh) {
          TimeExpressions.Span span = span(field, upper);
          to = node.isUpperInclusive() ? span.last() : span.first().minusNanos(1_000);
        }
        yield new Filter.Between(
            field.name(), from == null ? null : from.toString(), to == null ? null : to.toString());
      }
      case TEXT, KEYWORD ->
          throw DomainException.malformed(
              "error.query.range", "field", field.name(), "position", position(field.name() + ":"));
    };
  }

  private static Filter numbers(
      SearchField field, String from, boolean withFrom, String to, boolean withTo) {
    Filter range = new Filter.Between(field.name(), from, to);
    if (from != null && !withFrom) {
      range = Filter.and(range, new Filter.Not(new Filter.Between(field.name(), from, from)));
    }
    if (to != null && !withTo) {
      range = Filter.and(range, new Filter.Not(new Filter.Between(field.name(), to, to)));
    }
    return range;
  }

  private SearchField field(String name) {
    return catalogue
        .field(name)
        .orElseThrow(
            () ->
                DomainException.malformed(
                    "error.query.field", "field", name, "position", position(name)));
  }

  private String number(SearchField field, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw DomainException.malformed(
          "error.query.number", "field", field.name(), "value", text, "position", position(text));
    }
    return new BigDecimal(text).toPlainString();
  }

  private TimeExpressions.Span span(SearchField field, String text) {
    return times
        .span(text)
        .orElseThrow(
            () ->
                DomainException.malformed(
                    "error.query.date",
                    "field",
                    field.name(),
                    "value",
                    text,
                    "position",
                    position(text)));
  }

  /** Where it is first written, counted from 1. */
  private int position(String text) {
    return Math.max(0, query.indexOf(text)) + 1;
  }
}
