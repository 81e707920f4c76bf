/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.api.security.Callers;
import org.talka.cmdb.internal.item.ItemStore;

/**
 * Files that are to be imported: read as they arrive and kept as rows, in parts that one
 * transaction each takes in. So a file is never in memory as a whole, and a server that starts
 * again goes on with the next part.
 */
@Component(service = ImportFiles.class)
public class ImportFiles {
  public static final int MOST_ROWS = 200_000;

  /** Of these one transaction takes in; few enough for a database to lock rows and not tables. */
  static final int PART = 500;

  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_FILES = 20;
  private static final int LONGEST_NAME = 200;

  private final Database database;
  private final ItemStore items;
  private final Callers callers;

  /** The last number given. */
  private final AtomicLong last = new AtomicLong();

  @Activate
  public ImportFiles(
      @Reference(target = "(talka.unit=cmdb)") Database database,
      @Reference ItemStore items,
      @Reference Callers callers) {
    this.database = database;
    this.items = items;
    this.callers = callers;
  }

  /**
   * Takes a file, CSV or JSON in UTF-8; blocks on whoever sends it.
   *
   * @throws DomainException INVALID when it can't be read, TOO_LARGE, CONFLICT while too many wait
   */
  public FileRow.Sent receive(String name, InputStream body) {
    long id = begin(name);
    boolean complete = false;
    try {
      FileRow.Sent sent = read(id, body);
      complete = true;
      return sent;
    } catch (CharacterCodingException wrong) {
      throw DomainException.invalid("text", "error.cmdb.file.utf8");
    } catch (IOException broken) {
      throw DomainException.malformed("error.cmdb.file.broken");
    } finally {
      if (!complete) {
        remove(id);
      }
    }
  }

  private long begin(String name) {
    String given = name == null ? "" : name.strip();
    String known = given.length() > LONGEST_NAME ? given.substring(0, LONGEST_NAME) : given;
    return database.write(
        em -> {
          long count =
              em.createQuery("select count(f) from FileRow f", Long.class).getSingleResult();
          if (count >= MOST_FILES) {
            throw DomainException.conflict("error.cmdb.file.many", "max", MOST_FILES);
          }
          Long highest =
              em.createQuery("select max(f.id) from FileRow f", Long.class).getSingleResult();
          long id = last.updateAndGet(n -> Math.max(n, highest == null ? 0 : highest) + 1);
          em.persist(new FileRow(id, known, callers.current().username(), items.now()));
          return id;
        });
  }

  private FileRow.Sent read(long id, InputStream body) throws IOException {
    Parts parts = new Parts(id);
    RowSink sink = new RowSink(MOST_ROWS, parts::add);
    Reader reader =
        new BufferedReader(
            new InputStreamReader(
                new Bounded(body),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    if (json(reader)) {
      JsonRows.read(reader, sink);
    } else {
      Csv.read(reader, sink);
    }
    if (sink.count() == 0) {
      throw DomainException.invalid("text", "error.cmdb.file.empty");
    }
    parts.flush();
    return database.write(
        em -> {
          FileRow row = em.find(FileRow.class, id);
          row.complete(sink.columns(), sink.count());
          return row.value();
        });
  }

  /** Whether the first character that is no blank begins a list or an object. */
  private static boolean json(Reader reader) throws IOException {
    reader.mark(1_000);
    int c = reader.read();
    for (int i = 0; i < 900 && (Character.isWhitespace(c) || c == '\uFEFF'); i++) {
      c = reader.read();
    }
    reader.reset();
    return c == '[' || c == '{';
  }

  /** Gathers rows and writes them, part by part. */
  private final class Parts {
    private final long file;
    private final List<List<String>> rows = new ArrayList<>();
    private int number;

    Parts(long file) {
      this.file = file;
    }

    void add(List<String> row) {
      rows.add(row);
      if (rows.size() == PART) {
        flush();
      }
    }

    void flush() {
      if (rows.isEmpty()) {
        return;
      }
      database.write(
          em -> {
            em.persist(new PartRow(file, number++, rows));
            return null;
          });
      rows.clear();
    }
  }

  /** Refuses what is larger than a file may be. */
  private static final class Bounded extends FilterInputStream {
    private long read;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = in.read();
      count(c < 0 ? 0 : 1);
      return c;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int n = in.read(buffer, from, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      read += n;
      if (read > MOST_BYTES) {
        throw DomainException.of(
            ErrorKind.TOO_LARGE, "error.cmdb.file.large", "max", MOST_BYTES >> 20);
      }
    }
  }

  /** A file that has arrived as a whole. */
  public Optional<FileRow.Sent> find(long id) {
    return database.read(
        em ->
            Optional.ofNullable(em.find(FileRow.class, id))
                .filter(FileRow::complete)
                .map(FileRow::value));
  }

  /** Rows of a file by column; none beyond the last part. */
  List<Map<String, String>> part(FileRow.Sent file, int number) {
    return database.read(
        em -> {
          PartRow row = em.find(PartRow.class, new PartRow.Key(file.id(), number));
          return row == null
              ? List.of()
              : row.rows().stream().map(r -> RowSink.named(file.columns(), r)).toList();
        });
  }

  void remove(long id) {
    database.write(
        em -> {
          em.createQuery("delete from PartRow p where p.file = :id")
              .setParameter("id", id)
              .executeUpdate();
          em.createQuery("delete from FileRow f where f.id = :id")
              .setParameter("id", id)
              .executeUpdate();
          return null;
        });
  }

  /** Forgets files that came before that moment and that no import reads. */
  void forget(Instant before) {
    List<Long> old =
        database.read(
            em ->
                em.createQuery(
                        "select f.id from FileRow f where f.at < :before and f.id not in"
                            + " (select r.file from RunRow r where r.file is not null"
                            + " and r.endedAt is null)",
                        Long.class)
                    .setParameter("before", before)
                    .getResultList());
    old.forEach(this::remove);
  }
}
