/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;

/**
 * Turns a condition into a Lucene query. Words are scored, everything else only decides. Made for
 * one request: it knows whether the caller may read internal notes.
 */
final class FilterCompiler {
  /** How much a find in these fields is worth, beside 1 for any other. */
  private static final Map<String, Float> WEIGHTS = Map.of("subject", 4f, "tags", 2f);

  private static final float KEY_WEIGHT = 3f;

  private static final Query NOTHING = new MatchNoDocsQuery();

  private final TextAnalysis analysis;
  private final boolean internal;
  private final boolean scoring;
  private boolean scored;

  /**
   * @param scoring whether the answer is ordered by relevance: saves the work of scoring if not
   */
  FilterCompiler(TextAnalysis analysis, boolean internal, boolean scoring) {
    this.analysis = analysis;
    this.internal = internal;
    this.scoring = scoring;
  }

  /** Whether the compiled query has a part that ranks. */
  boolean scored() {
    return scored;
  }

  Query compile(Filter filter) {
    if (filter instanceof Filter.All) {
      return new MatchAllDocsQuery();
    } else if (filter instanceof Filter.None) {
      return NOTHING;
    } else if (filter instanceof Filter.Is is) {
      return new TermQuery(new Term(Names.keyword(is.field()), Keyword.clip(is.value())));
    } else if (filter instanceof Filter.Exists exists) {
      return exists(exists.field());
    } else if (filter instanceof Filter.Between between) {
      return between(between);
    } else if (filter instanceof Filter.Words words) {
      return words(words);
    } else if (filter instanceof Filter.Prefix prefix) {
      return prefix(prefix);
    } else if (filter instanceof Filter.AllOf all) {
      return allOf(all.parts());
    } else if (filter instanceof Filter.AnyOf any) {
      return anyOf(any.parts());
    } else if (filter instanceof Filter.Not not) {
      return not(not.part());
    }
    throw new IllegalArgumentException("Unknown condition " + filter.getClass());
  }

  private Query exists(String field) {
    Query visible = new TermQuery(new Term(Names.PRESENT, field));
    if (!internal) {
      return visible;
    }
    return either(List.of(visible, new TermQuery(new Term(Names.PRESENT_INTERNAL, field))));
  }

  private static Query between(Filter.Between between) {
    OptionalLong from =
        between.from() == null
            ? OptionalLong.of(Long.MIN_VALUE)
            : SortableValue.from(between.from());
    OptionalLong to =
        between.to() == null ? OptionalLong.of(Long.MAX_VALUE) : SortableValue.to(between.to());
    if (from.isEmpty() || to.isEmpty()) {
      throw DomainException.malformed(
          "error.search.range",
          "field",
          between.field(),
          "value",
          from.isEmpty() ? between.from() : between.to());
    }
    return LongField.newRangeQuery(Names.number(between.field()), from.getAsLong(), to.getAsLong());
  }

  private Query words(Filter.Words words) {
    List<String> units =
        words.phrase() ? List.of(words.words()) : List.of(words.words().strip().split("\\s+"));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean any = false;
    for (String unit : units) {
      List<Query> places = words.field() == null ? anywhere(unit) : inField(words.field(), unit);
      if (!places.isEmpty()) {
        any = true;
        all.add(best(places), Occur.MUST);
      }
    }
    if (!any) {
      // nothing but punctuation
      return NOTHING;
    }
    scored = true;
    return all.build();
  }

  private List<Query> anywhere(String unit) {
    List<Query> places = new ArrayList<>();
    String key = unit.strip();
    if (!key.isEmpty()) {
      places.add(weighed(new TermQuery(new Term(Names.KEY, Keyword.keyTerm(key))), KEY_WEIGHT));
    }
    boolean text = addText(places, Names.ANY_WORDS, unit, 1f);
    if (internal) {
      addText(places, Names.ANY_INTERNAL, unit, 1f);
    }
    if (scoring && text) {
      // these only rank: what is found in them is found in any words, too
      WEIGHTS.forEach((field, weight) -> addText(places, Names.words(field), unit, weight));
    }
    // punctuation that is no word and could only be a key would make the whole question fail
    return text ? places : key.chars().anyMatch(Character::isLetterOrDigit) ? places : List.of();
  }

  private List<Query> inField(String field, String unit) {
    List<Query> places = new ArrayList<>();
    addText(places, Names.words(field), unit, 1f);
    if (internal) {
      addText(places, Names.internalWords(field), unit, 1f);
    }
    return places;
  }

  private boolean addText(List<Query> places, String luceneField, String text, float weight) {
    Query query = new QueryBuilder(analysis).createPhraseQuery(luceneField, text);
    if (query == null) {
      return false;
    }
    places.add(weighed(query, weight));
    return true;
  }

  private Query weighed(Query query, float weight) {
    return scoring && weight != 1f ? new BoostQuery(query, weight) : query;
  }

  private Query best(List<Query> places) {
    if (places.size() == 1) {
      return places.get(0);
    }
    return scoring ? new DisjunctionMaxQuery(places, 0f) : either(places);
  }

  private Query prefix(Filter.Prefix prefix) {
    List<Query> places = new ArrayList<>();
    if (prefix.field() == null) {
      places.add(begins(Names.KEY, prefix.prefix().strip().toLowerCase(Locale.ROOT)));
      beginningWord(Names.ANY_WORDS, prefix.prefix()).ifPresent(places::add);
      if (internal) {
        beginningWord(Names.ANY_INTERNAL, prefix.prefix()).ifPresent(places::add);
      }
    } else {
      places.add(begins(Names.keyword(prefix.field()), prefix.prefix()));
      beginningWord(Names.words(prefix.field()), prefix.prefix()).ifPresent(places::add);
      if (internal) {
        beginningWord(Names.internalWords(prefix.field()), prefix.prefix()).ifPresent(places::add);
      }
    }
    return new ConstantScoreQuery(either(places));
  }

  private static Query begins(String luceneField, String prefix) {
    return new PrefixQuery(new Term(luceneField, Keyword.clip(prefix)));
  }

  /** The words of the prefix, the last of them unfinished. */
  private Optional<Query> beginningWord(String luceneField, String prefix) {
    List<String> words = analysis.plainWords(prefix);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    Query last = begins(luceneField, words.get(words.size() - 1));
    if (words.size() == 1) {
      return Optional.of(last);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder().add(last, Occur.FILTER);
    for (String word : words.subList(0, words.size() - 1)) {
      all.add(new TermQuery(new Term(luceneField, word)), Occur.FILTER);
    }
    return Optional.of(all.build());
  }

  private Query allOf(List<Filter> parts) {
    if (parts.isEmpty()) {
      return new MatchAllDocsQuery();
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean positive = false;
    for (Filter part : parts) {
      if (part instanceof Filter.Not not) {
        all.add(unscored(not.part()), Occur.MUST_NOT);
        continue;
      }
      positive = true;
      boolean before = scored;
      scored = false;
      Query query = compile(part);
      all.add(query, scored && scoring ? Occur.MUST : Occur.FILTER);
      scored |= before;
    }
    if (!positive) {
      all.add(new MatchAllDocsQuery(), Occur.FILTER);
    }
    return all.build();
  }

  private Query anyOf(List<Filter> parts) {
    List<Query> alternatives = new ArrayList<>();
    // many values of one field (teams, organisations) are one look-up
    Map<String, List<BytesRef>> values = new LinkedHashMap<>();
    for (Filter part : parts) {
      if (part instanceof Filter.Is is) {
        values
            .computeIfAbsent(Names.keyword(is.field()), field -> new ArrayList<>())
            .add(new BytesRef(Keyword.clip(is.value())));
      } else {
        alternatives.add(compile(part));
      }
    }
    values.forEach(
        (field, terms) ->
            alternatives.add(
                terms.size() == 1
                    ? new ConstantScoreQuery(new TermQuery(new Term(field, terms.get(0))))
                    : new TermInSetQuery(field, terms)));
    return either(alternatives);
  }

  private Query not(Filter part) {
    return new BooleanQuery.Builder()
        .add(new MatchAllDocsQuery(), Occur.FILTER)
        .add(unscored(part), Occur.MUST_NOT)
        .build();
  }

  private Query unscored(Filter part) {
    return new FilterCompiler(analysis, internal, false).compile(part);
  }

  private static Query either(List<Query> alternatives) {
    if (alternatives.isEmpty()) {
      return NOTHING;
    }
    if (alternatives.size() == 1) {
      return alternatives.get(0);
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    alternatives.forEach(alternative -> any.add(alternative, Occur.SHOULD));
    return any.build();
  }
}
