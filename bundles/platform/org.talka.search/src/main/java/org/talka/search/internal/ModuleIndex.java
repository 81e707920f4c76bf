/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.search.Document;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentIndex;
import org.talka.api.search.DocumentQuery;
import org.talka.search.SearchDocument;

/**
 * The index of the module whose bundle took the service. Its position is a time in microseconds.
 * The files are opened at the first use, so that they don't hold up the module while it starts. The
 * monitor guards {@code lent} and {@code closed}.
 */
@Component(service = DocumentIndex.class, scope = ServiceScope.BUNDLE)
public final class ModuleIndex implements DocumentIndex {
  private static final String HEADER = "Talka-Module";

  /** As a position: documents are in it, but not all. */
  private static final long UNFILLED = 0;

  private final ModuleIndexes indexes;
  private final String module;
  private final Clock clock = Clock.systemUTC();
  private LuceneSearchIndex lent;
  private boolean closed;
  private volatile boolean filled;

  @Activate
  public ModuleIndex(ComponentContext context, @Reference ModuleIndexes indexes) {
    this(moduleOf(context.getUsingBundle()), indexes);
  }

  ModuleIndex(String module, ModuleIndexes indexes) {
    this.module = module;
    this.indexes = indexes;
  }

  private static String moduleOf(Bundle bundle) {
    String header = bundle.getHeaders("").get(HEADER);
    return header == null ? "core" : header.split(";", 2)[0].trim();
  }

  private synchronized LuceneSearchIndex index() {
    if (closed) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.unavailable");
    }
    if (lent == null) {
      lent = indexes.lend(module);
      filled = durable(lent).isPresent();
    }
    return lent;
  }

  @Deactivate
  synchronized void close() {
    if (lent != null && !closed) {
      indexes.giveBack(module);
    }
    closed = true;
  }

  @Override
  public Optional<Instant> durable() {
    return durable(index());
  }

  private static Optional<Instant> durable(LuceneSearchIndex index) {
    return index.position().isPresent() && index.position().getAsLong() != UNFILLED
        ? Optional.of(Instant.EPOCH.plus(index.position().getAsLong(), ChronoUnit.MICROS))
        : Optional.empty();
  }

  @Override
  public void put(Collection<Document> documents) {
    LuceneSearchIndex index = index();
    long before = now();
    index.update(documents.stream().map(this::form).toList(), List.of(), before);
  }

  @Override
  public void remove(Collection<String> ids) {
    LuceneSearchIndex index = index();
    long before = now();
    index.update(List.of(), ids.stream().map(this::indexed).toList(), before);
  }

  @Override
  public void clear() {
    index().discard();
    filled = false;
  }

  @Override
  public void filled() {
    LuceneSearchIndex index = index();
    filled = true;
    index.update(List.of(), List.of(), now());
    index.flush();
  }

  @Override
  public long size() {
    return index().size();
  }

  @Override
  public DocumentHits search(DocumentQuery query) {
    DocumentHits hits = index().ask(query);
    int prefix = module.length() + 1;
    return new DocumentHits(
        hits.ids().stream().map(id -> id.substring(prefix)).toList(), hits.next());
  }

  private long now() {
    return filled ? ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()) : UNFILLED;
  }

  private String indexed(String id) {
    return module + ':' + id;
  }

  private SearchDocument form(Document document) {
    return new SearchDocument(
        indexed(document.id()),
        module,
        document.id(),
        document.texts().entrySet().stream()
            .filter(text -> !text.getValue().isBlank())
            .collect(Collectors.toMap(Map.Entry::getKey, text -> List.of(text.getValue()))),
        Map.of(),
        document.keywords().entrySet().stream()
            .filter(words -> !words.getValue().isEmpty())
            .collect(Collectors.toMap(Map.Entry::getKey, words -> List.copyOf(words.getValue()))),
        document.numbers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, number -> BigDecimal.valueOf(number.getValue()))),
        Map.of(),
        document.worth());
  }
}
