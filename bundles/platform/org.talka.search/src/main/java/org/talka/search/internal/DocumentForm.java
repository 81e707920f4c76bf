/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FeatureField;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.talka.search.SearchDocument;

/** A document as Lucene stores it. */
final class DocumentForm {
  private final Document form = new Document();
  private final Set<String> present = new TreeSet<>();

  private DocumentForm() {}

  static Document of(SearchDocument document) {
    DocumentForm to = new DocumentForm();
    to.identity(document);
    document.words().forEach(to::words);
    document.internalWords().forEach(to::internalWords);
    document.keywords().forEach(to::keywords);
    document.numbers().forEach((field, number) -> to.number(field, SortableValue.of(number)));
    document.instants().forEach((field, at) -> to.number(field, SortableValue.of(at)));
    if (document.worth() > 0) {
      to.form.add(new FeatureField(Names.FEATURES, Names.WORTH, (float) document.worth()));
    }
    to.present.forEach(field -> to.term(Names.PRESENT, field));
    return to.form;
  }

  private void identity(SearchDocument document) {
    term(Names.ID, document.id());
    form.add(
        new BinaryDocValuesField(
            Names.HIT,
            new BytesRef(document.id() + '\0' + document.kind() + '\0' + document.key())));
    form.add(new LongField(Names.TIE, Keyword.tie(document.id()), Field.Store.NO));
    Keyword.keyTerms(document.key()).forEach(term -> term(Names.KEY, term));
    implied(document, "kind", document.kind());
    implied(document, "key", document.key());
  }

  private void implied(SearchDocument document, String field, String value) {
    if (!document.keywords().containsKey(field)) {
      keywords(field, List.of(value));
    }
  }

  private void words(String field, List<String> texts) {
    if (!texts.isEmpty()) {
      present.add(field);
    }
    for (String text : texts) {
      form.add(new TextField(Names.words(field), text, Field.Store.NO));
      form.add(new TextField(Names.ANY_WORDS, text, Field.Store.NO));
    }
  }

  private void internalWords(String field, List<String> texts) {
    if (!texts.isEmpty()) {
      term(Names.PRESENT_INTERNAL, field);
    }
    for (String text : texts) {
      form.add(new TextField(Names.internalWords(field), text, Field.Store.NO));
      form.add(new TextField(Names.ANY_INTERNAL, text, Field.Store.NO));
    }
  }

  private void keywords(String field, List<String> values) {
    if (!values.isEmpty()) {
      present.add(field);
    }
    for (String value : values) {
      String clipped = Keyword.clip(value);
      term(Names.keyword(field), clipped);
      form.add(new SortedSetDocValuesField(Names.keyword(field), new BytesRef(clipped)));
    }
  }

  private void number(String field, long value) {
    present.add(field);
    form.add(new LongField(Names.number(field), value, Field.Store.NO));
  }

  private void term(String field, String value) {
    form.add(new StringField(field, value, Field.Store.NO));
  }
}
