/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.QueryBuilder;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentQuery;

/** One question in plain words against one state of the index. */
final class PlainSearch {
  private static final long TIME_LIMIT_MILLIS = 2_000;

  /** More words than these say no more of what somebody means. */
  private static final int MOST_WORDS = 24;

  /** What a find is worth by the beginning of a word, and by a word that was mistyped. */
  private static final float BEGINNING = 0.6f;

  private static final float MISTYPED = 0.4f;

  /** Shorter ones are the beginning of too much. */
  private static final int SHORTEST_BEGINNING = 2;

  /**
   * In a field that is no more worth than any text, nearly everything begins like a shorter one.
   */
  private static final int SHORTEST_IN_TEXT = 4;

  private static final float TEXT = 1f;

  /** Of so many documents on, a word that a quarter of them have says nothing in a long text. */
  private static final int MANY_DOCUMENTS = 1_000;

  private static final int COMMON = 4;

  /** Four letters with one wrong, eight with two: what Damerau found most errors to be. */
  private static final int ONE_WRONG = 4;

  private static final int TWO_WRONG = 8;
  private static final int MOST_SPELLINGS = 24;

  /** At most as much as a middling find of a rare word. */
  private static final float WORTH_WEIGHT = 3f;

  /** A document of this worth gets half of it. */
  private static final float WORTH_PIVOT = 3f;

  private final IndexSearcher searcher;
  private final TextAnalysis analysis;
  private final DocumentQuery question;
  private final SortPlan plan;
  private final FieldDoc after;

  PlainSearch(IndexReader reader, TextAnalysis analysis, DocumentQuery question) {
    this.searcher = new IndexSearcher(reader);
    searcher.setTimeout(new QueryTimeoutImpl(TIME_LIMIT_MILLIS));
    this.analysis = analysis;
    this.question = question;
    this.plan = SortPlan.of(reader, null, true, true);
    this.after = question.after().map(cursor -> Cursor.read(plan, cursor).values()).orElse(null);
  }

  DocumentHits run() throws IOException {
    List<String> words = words();
    if (words.isEmpty()) {
      return new DocumentHits(List.of(), Optional.empty());
    }
    int wanted = question.limit() + 1;
    TopFieldDocs found =
        searcher.search(
            query(words), new TopFieldCollectorManager(plan.sort(), wanted, after, wanted));
    if (searcher.timedOut()) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.timeout");
    }
    List<String> ids = new ArrayList<>();
    for (ScoreDoc doc : found.scoreDocs) {
      if (ids.size() < question.limit()) {
        ids.add(Search.hit(searcher.getIndexReader(), doc.doc)[0]);
      }
    }
    boolean more = found.scoreDocs.length > question.limit();
    return new DocumentHits(
        ids,
        more
            ? Optional.of(
                Cursor.write(
                    plan, new Place(Stretch.ALL, (FieldDoc) found.scoreDocs[question.limit() - 1])))
            : Optional.empty());
  }

  /** In their order, each once; of a text that is no question without those that all have. */
  private List<String> words() throws IOException {
    Set<String> words = new LinkedHashSet<>(analysis.plainWords(question.text()));
    List<String> all = words.stream().limit(MOST_WORDS).toList();
    int documents = searcher.getIndexReader().maxDoc();
    if (question.every() || documents < MANY_DOCUMENTS) {
      return all;
    }
    List<String> telling = new ArrayList<>();
    for (String word : all) {
      boolean last = word.equals(all.get(all.size() - 1));
      if (last || frequency(Names.ANY_WORDS, word) < documents / COMMON) {
        telling.add(word);
      }
    }
    return telling.size() > 1 ? telling : all;
  }

  private int frequency(String field, String word) throws IOException {
    return searcher.getIndexReader().docFreq(new Term(field, word));
  }

  private Query query(List<String> words) throws IOException {
    BooleanQuery.Builder found = new BooleanQuery.Builder();
    boolean unfinished = !endsWord(question.text());
    for (int i = 0; i < words.size(); i++) {
      boolean last = unfinished && i == words.size() - 1;
      found.add(word(words.get(i), last), question.every() ? Occur.MUST : Occur.SHOULD);
    }
    if (!question.every()) {
      found.setMinimumNumberShouldMatch(enough(words.size()));
    }
    return new BooleanQuery.Builder()
        .add(found.build(), Occur.MUST)
        .add(new FilterCompiler(analysis, false, false).compile(question.filter()), Occur.FILTER)
        .add(
            FeatureField.newSaturationQuery(Names.FEATURES, Names.WORTH, WORTH_WEIGHT, WORTH_PIVOT),
            Occur.SHOULD)
        .build();
  }

  private static boolean endsWord(String text) {
    return !Character.isLetterOrDigit(text.codePointBefore(text.length()));
  }

  /** One word of a short text is much of it, of a long one it is chance. */
  private static int enough(int words) {
    return words <= 2 ? 1 : words <= 6 ? 2 : 3;
  }

  private Query word(String word, boolean unfinished) throws IOException {
    List<Query> ways = new ArrayList<>();
    for (Map.Entry<String, Float> field : question.fields().entrySet()) {
      String name = Names.words(field.getKey());
      Query exact = new QueryBuilder(analysis).createPhraseQuery(name, word);
      if (exact == null) {
        continue;
      }
      ways.add(new BoostQuery(exact, field.getValue()));
      if (unfinished && word.length() >= shortest(field.getValue())) {
        ways.add(worth(new PrefixQuery(new Term(name, word)), BEGINNING * field.getValue()));
      }
    }
    if (word.length() >= ONE_WRONG && !known(word)) {
      ways.add(worth(mistyped(word), MISTYPED));
    }
    return new DisjunctionMaxQuery(ways, 0.1f);
  }

  private static int shortest(float worth) {
    return worth > TEXT ? SHORTEST_BEGINNING : SHORTEST_IN_TEXT;
  }

  /** Whether any document has the word, or another form of it. */
  private boolean known(String word) throws IOException {
    for (String form : analysis.forms(word)) {
      if (frequency(Names.ANY_WORDS, form) > 0) {
        return true;
      }
    }
    return false;
  }

  private static Query mistyped(String word) {
    int wrong = word.length() >= TWO_WRONG ? 2 : 1;
    return new FuzzyQuery(new Term(Names.ANY_WORDS, word), wrong, 1, MOST_SPELLINGS, true);
  }

  private static Query worth(Query query, float worth) {
    return new BoostQuery(
        query instanceof PrefixQuery ? new ConstantScoreQuery(query) : query, worth);
  }
}
