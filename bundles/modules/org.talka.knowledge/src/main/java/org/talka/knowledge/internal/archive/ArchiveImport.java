/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvents;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.knowledge.internal.rule.Reader;
import org.talka.knowledge.internal.service.Enclosures;
import org.talka.knowledge.internal.service.Library;

/**
 * Brings an archive in as it is read: articles with all their versions and files, as far as they
 * were. Each article and each file is a transaction of its own, and one that is refused keeps no
 * other out; what is cut off goes on when the same archive comes again.
 */
@Component(service = ArchiveImport.class)
public class ArchiveImport {
  /** An article with a thousand versions of the usual length. */
  private static final int MAX_ARTICLE = 64 << 20;

  private static final int MAX_HEAD = 16 << 20;
  private static final long MAX_ALL = 16L << 30;
  private static final int MOST_ENTRIES = 1_000_000;

  private final Library library;
  private final Acceptance acceptance;
  private final Transactions transactions;
  private final DomainEvents events;
  private final Audit audit;

  @Activate
  public ArchiveImport(
      @Reference Library library,
      @Reference Acceptance acceptance,
      @Reference Transactions transactions,
      @Reference DomainEvents events,
      @Reference Audit audit) {
    this.library = library;
    this.acceptance = acceptance;
    this.transactions = transactions;
    this.events = events;
    this.audit = audit;
  }

  /**
   * @param trial says what would happen, and does nothing
   * @throws DomainException MALFORMED for what is no archive of articles, INVALID for one of a
   *     later version, TOO_LARGE, FORBIDDEN for who may not publish
   */
  public Report bring(InputStream in, boolean trial) {
    // what comes may be published, and has its readers at once
    if (!library.caller().may(Reader.PUBLISH)) {
      throw DomainException.forbidden("error.knowledge.archive.publish");
    }
    Reading reading = new Reading(trial);
    try (ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
        reading.entry(entry.getName(), zip);
      }
    } catch (IOException | IllegalArgumentException broken) {
      // an entry whose name is no text is refused with the latter
      reading.broken();
    }
    Report report = reading.end();
    if (!trial && reading.tally.changed() > 0) {
      tell(report);
    }
    return report;
  }

  private static ZipEntry next(ZipInputStream zip) throws IOException {
    return zip.getNextEntry();
  }

  private void tell(Report report) {
    transactions.required(
        () -> {
          audit.record(
              "knowledge.imported",
              "module:knowledge",
              Map.of("articles", Integer.toString(report.created() + report.updated())));
          events.publish("knowledge.imported", "module:knowledge", Map.of());
          return null;
        });
  }

  /** One archive on its way. */
  private final class Reading {
    private final boolean trial;
    private final Tally tally = new Tally();
    private Optional<Acceptance.Batch> batch = Optional.empty();
    private long bytes;
    private int entries;
    private int announced = -1;

    Reading(boolean trial) {
      this.trial = trial;
    }

    void entry(String name, InputStream in) throws IOException {
      if (++entries > MOST_ENTRIES) {
        throw tooLarge(name);
      }
      if (batch.isEmpty()) {
        if (!name.equals(Layout.HEAD)) {
          throw DomainException.malformed("error.knowledge.archive.unreadable");
        }
        batch = Optional.of(acceptance.begin(Json.object(read(name, in, MAX_HEAD)), trial, tally));
        return;
      }
      Acceptance.Batch open = batch.get();
      var article = Layout.ARTICLE.matcher(name);
      var file = Layout.FILE.matcher(name);
      if (article.matches()) {
        open.article(name, article.group(1), read(name, in, MAX_ARTICLE));
      } else if (file.matches()) {
        byte[] content = read(name, in, Enclosures.MAX_BYTES);
        open.file(name, file.group(1), Long.parseLong(file.group(2)), content);
      } else if (name.equals(Layout.SHELVES)) {
        open.shelves(name, read(name, in, MAX_HEAD));
      } else if (name.equals(Layout.END)) {
        announced = Acceptance.announced(read(name, in, MAX_HEAD));
      } else if (!name.endsWith("/")) {
        open.problem(name, "", DomainException.malformed("error.knowledge.archive.entry"));
      }
    }

    private byte[] read(String name, InputStream in, int most) throws IOException {
      byte[] content = in.readNBytes(most + 1);
      bytes += content.length;
      if (content.length > most || bytes > MAX_ALL) {
        throw tooLarge(name);
      }
      return content;
    }

    private DomainException tooLarge(String name) {
      return DomainException.of(
          ErrorKind.TOO_LARGE,
          "error.knowledge.archive.large",
          "entry",
          name.length() > 60 ? name.substring(0, 60) + "…" : name);
    }

    /** What came whole before is kept; without any of it this is no archive. */
    void broken() {
      if (batch.isEmpty()) {
        throw DomainException.malformed("error.knowledge.archive.unreadable");
      }
      announced = -1;
    }

    Report end() {
      if (batch.isEmpty()) {
        throw DomainException.malformed("error.knowledge.archive.unreadable");
      }
      batch.get().end();
      if (announced >= 0 && announced <= tally.seen()) {
        tally.complete();
      } else {
        batch
            .get()
            .problem(Layout.END, "", DomainException.malformed("error.knowledge.archive.end"));
      }
      return tally.report(trial);
    }
  }
}
