/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;
import org.apache.lucene.util.IOUtils;

/** The files of the index, opened for writing and for searching. */
final class OpenIndex implements Closeable {
  private static final String POSITION = "position";
  private static final String SCHEMA = "schema";

  /** Grows whenever documents or their words are stored differently: older indexes are refilled. */
  private static final String CURRENT_SCHEMA = "1";

  private static final double BUFFER_MB = 32;

  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private volatile OptionalLong durablePosition;

  private OpenIndex(Directory directory, IndexWriter writer, SearcherManager searchers) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
    this.durablePosition = committed(writer);
  }

  /**
   * @throws IOException if the files are damaged or can't be read
   */
  static OpenIndex open(Path folder, Analyzer analyzer) throws IOException {
    Directory directory = null;
    IndexWriter writer = null;
    try {
      // small fresh segments stay in memory until they are merged or made durable
      directory = new NRTCachingDirectory(FSDirectory.open(folder), 4, 32);
      writer = new IndexWriter(directory, configuration(analyzer));
      if (writer.getDocStats().maxDoc > 0
          && !CURRENT_SCHEMA.equals(commitData(writer).get(SCHEMA))) {
        throw new IndexFormatTooOldException(folder.toString(), "documents of another schema");
      }
      return new OpenIndex(directory, writer, new SearcherManager(writer, new SearcherFactory()));
    } catch (IOException | RuntimeException e) {
      if (writer != null) {
        try {
          writer.rollback();
        } catch (IOException | RuntimeException alreadyBroken) {
          e.addSuppressed(alreadyBroken);
        }
      }
      IOUtils.closeWhileHandlingException(directory);
      throw e;
    }
  }

  private static IndexWriterConfig configuration(Analyzer analyzer) {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(4, 1);
    TieredMergePolicy policy = new TieredMergePolicy();
    policy.setSegmentsPerTier(6);
    return new IndexWriterConfig(analyzer)
        .setRAMBufferSizeMB(BUFFER_MB)
        .setMergeScheduler(merges)
        .setMergePolicy(policy)
        .setUseCompoundFile(true)
        .setCommitOnClose(false);
  }

  IndexWriter writer() {
    return writer;
  }

  SearcherManager searchers() {
    return searchers;
  }

  OptionalLong durablePosition() {
    return durablePosition;
  }

  /** What the next commit stores as the position. */
  void position(long position) {
    writer.setLiveCommitData(
        Map.of(SCHEMA, CURRENT_SCHEMA, POSITION, Long.toString(position)).entrySet());
  }

  void noPosition() {
    writer.setLiveCommitData(Map.of(SCHEMA, CURRENT_SCHEMA).entrySet());
  }

  void commit() throws IOException {
    writer.commit();
    durablePosition = committed(writer);
  }

  private static OptionalLong committed(IndexWriter writer) {
    String position = commitData(writer).get(POSITION);
    return position == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(position));
  }

  private static Map<String, String> commitData(IndexWriter writer) {
    Map<String, String> data = new HashMap<>();
    Iterable<Map.Entry<String, String>> live = writer.getLiveCommitData();
    if (live != null) {
      live.forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    }
    return data;
  }

  /** Lets go of the files without making anything durable. */
  @Override
  public void close() {
    IOUtils.closeWhileHandlingException(searchers);
    try {
      writer.rollback();
    } catch (IOException | RuntimeException alreadyClosed) {
      // closed by the error that is being handled: nothing left to give back
    }
    IOUtils.closeWhileHandlingException(directory);
  }
}
