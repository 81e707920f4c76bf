/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.search.DocumentHits;
import org.talka.api.search.DocumentQuery;
import org.talka.search.CountRequest;
import org.talka.search.SearchCounts;
import org.talka.search.SearchDocument;
import org.talka.search.SearchHits;
import org.talka.search.SearchIndex;
import org.talka.search.SearchRequest;

/**
 * The index as a folder of files beside the database.
 *
 * <p>{@code writing} guards everything that changes the index; searches take no lock but the one
 * that lets a single thread make fresh documents visible.
 */
@Component(
    service = SearchIndex.class,
    immediate = true,
    configurationPid = "org.talka",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LuceneSearchIndex implements SearchIndex {
  private static final Logger LOG = LoggerFactory.getLogger(LuceneSearchIndex.class);

  /**
   * What Lucene says about the JVM when it starts: a start option for vector search, which this
   * index does not do, and a guess about object sizes. Held, since the JDK forgets the level of a
   * logger that nobody holds.
   */
  private static final List<java.util.logging.Logger> ADVICE_ABOUT_THE_JVM =
      Stream.of(
              "org.apache.lucene.internal.vectorization.VectorizationProvider",
              "org.apache.lucene.util.HotspotVMOptions")
          .map(java.util.logging.Logger::getLogger)
          .toList();

  private static final long FLUSH_SECONDS = 2;

  /** Two hundred clauses, each in a handful of fields and forms. */
  private static final int MAX_LUCENE_CLAUSES = 16_384;

  private final Path folder;
  private final TextAnalysis analysis = new TextAnalysis();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final AtomicLong changes = new AtomicLong();
  private final ScheduledExecutorService flusher;
  private volatile long visibleChanges;
  private volatile OpenIndex open;
  private long durableChanges;
  private boolean flushFailed;

  /** Where the desk keeps its data. */
  public @interface Config {
    String data();
  }

  @Activate
  public LuceneSearchIndex(Config config) {
    this(Path.of(config.data(), "search"));
  }

  LuceneSearchIndex(Path folder) {
    ADVICE_ABOUT_THE_JVM.forEach(logger -> logger.setLevel(Level.SEVERE));
    IndexSearcher.setMaxClauseCount(MAX_LUCENE_CLAUSES);
    this.folder = folder;
    this.open = openOrStartAgain();
    this.flusher =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "talka-search-flush");
              thread.setDaemon(true);
              return thread;
            });
    flusher.scheduleWithFixedDelay(
        this::flushNowAndThen, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  @Deactivate
  void close() {
    flusher.shutdown();
    writing.lock();
    try {
      if (open.writer().isOpen()) {
        flush();
      }
    } catch (UncheckedIOException e) {
      LOG.error("The last changes of the search index are not durable; they will be made again", e);
    } finally {
      open.close();
      analysis.close();
      writing.unlock();
    }
  }

  @Override
  public OptionalLong position() {
    return open.durablePosition();
  }

  @Override
  public void update(
      Collection<SearchDocument> documents, Collection<String> removedIds, long position) {
    writing.lock();
    try {
      writable();
      for (String id : removedIds) {
        open.writer().deleteDocuments(new Term(Names.ID, id));
      }
      for (SearchDocument document : documents) {
        open.writer().updateDocument(new Term(Names.ID, document.id()), DocumentForm.of(document));
      }
      open.position(position);
    } catch (IOException | AlreadyClosedException e) {
      throw new UncheckedIOException(failed(e));
    } finally {
      // also after a failure: what was written before it must become visible, too
      changes.incrementAndGet();
      writing.unlock();
    }
  }

  @Override
  public void flush() {
    writing.lock();
    try {
      writable();
      long made = changes.get();
      open.commit();
      durableChanges = made;
    } catch (IOException | AlreadyClosedException e) {
      throw new UncheckedIOException(failed(e));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void discard() {
    writing.lock();
    try {
      writable();
      open.writer().deleteAll();
      open.noPosition();
      open.commit();
    } catch (IOException | AlreadyClosedException e) {
      throw new UncheckedIOException(failed(e));
    } finally {
      changes.incrementAndGet();
      writing.unlock();
    }
  }

  @Override
  public SearchHits search(SearchRequest request) {
    return ask(reader -> new Search(reader, analysis, request).run());
  }

  /** A question in plain words, see {@link DocumentQuery}. */
  DocumentHits ask(DocumentQuery query) {
    return ask(reader -> new PlainSearch(reader, analysis, query).run());
  }

  @Override
  public SearchCounts count(CountRequest request) {
    return ask(reader -> new Counting(reader, analysis, request).run());
  }

  /** Something that is asked of one state of the index. */
  private interface Question<T> {
    T ask(IndexReader reader) throws IOException;
  }

  private <T> T ask(Question<T> question) {
    OpenIndex index = open;
    try {
      showChanges(index);
      IndexSearcher searcher = index.searchers().acquire();
      try {
        return question.ask(searcher.getIndexReader());
      } finally {
        index.searchers().release(searcher);
      }
    } catch (IndexSearcher.TooManyClauses e) {
      throw DomainException.malformed("error.search.clauses");
    } catch (CorruptIndexException | EOFException e) {
      LOG.error(
          "The search index in {} is damaged: it is emptied and will be filled again", folder, e);
      startAgain(index);
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.unavailable");
    } catch (AlreadyClosedException e) {
      throw DomainException.of(ErrorKind.UNAVAILABLE, "error.search.unavailable");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return open.writer().isOpen() ? open.writer().getDocStats().numDocs : 0;
  }

  private void showChanges(OpenIndex index) throws IOException {
    if (visibleChanges >= changes.get()) {
      return;
    }
    refreshing.lock();
    try {
      long made = changes.get();
      if (visibleChanges < made) {
        index.searchers().maybeRefreshBlocking();
        visibleChanges = made;
      }
    } catch (AlreadyClosedException writerFailed) {
      // what was visible before stays so until the next update opens the files again
      LOG.debug("Fresh documents can't be shown", writerFailed);
    } finally {
      refreshing.unlock();
    }
  }

  private void flushNowAndThen() {
    writing.lock();
    try {
      if (durableChanges < changes.get()) {
        flush();
      }
      flushFailed = false;
    } catch (RuntimeException e) {
      if (!flushFailed) {
        LOG.error("The search index can't be written; trying again", e);
      }
      flushFailed = true;
    } finally {
      writing.unlock();
    }
  }

  /**
   * Lucene closes a writer for good when writing fails, on a full disk for example. The files are
   * opened again at their last durable state; whoever fills the index learns by an exception that
   * it has to go back to {@link #position}.
   */
  private void writable() throws IOException {
    OpenIndex index = open;
    if (index.writer().isOpen()) {
      return;
    }
    if (index.writer().getTragicException() instanceof CorruptIndexException) {
      startAgain(index);
    } else {
      index.close();
      reopen();
    }
    throw new IOException("The search index was opened again at its last durable position");
  }

  private void reopen() {
    open = openOrStartAgain();
    durableChanges = changes.incrementAndGet();
  }

  private IOException failed(Exception e) {
    return e instanceof IOException io ? io : new IOException("The search index is closed", e);
  }

  private void startAgain(OpenIndex damaged) {
    writing.lock();
    try {
      if (open == damaged) {
        damaged.close();
        empty();
        reopen();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
  }

  private OpenIndex openOrStartAgain() {
    try {
      Files.createDirectories(folder);
      try {
        return OpenIndex.open(folder, analysis);
      } catch (CorruptIndexException
          | IndexFormatTooNewException
          | IndexFormatTooOldException
          | EOFException
          | FileNotFoundException
          | NoSuchFileException
          | IllegalArgumentException e) {
        LOG.warn(
            "The search index in {} can't be used and is filled again: {}", folder, e.toString());
        empty();
        return OpenIndex.open(folder, analysis);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The search index in " + folder + " can't be opened", e);
    }
  }

  private void empty() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }
}
