/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.text.Text;

/**
 * A service that keeps records of modules, in a place of its own: it takes them along into an
 * export, removes them when the module is purged, and brings them back. Called while the module's
 * code is gone, on the thread of the operation; one call at a time for a module. Blocks on the
 * database. An exception fails the operation.
 */
@ConsumerType
public interface ModuleData {
  /** A short name of the place, unique and for ever the same: it is a folder in exports. */
  String name();

  /** How many records of each kind are kept; kinds without any may be left out. */
  Map<String, Long> count(String module);

  /** Writes everything that {@link #count} counts, and what is needed to bring it back. */
  void export(String module, Sink out) throws IOException;

  /**
   * Removes all of it, some at a time, each in a transaction. May be cut off at any point and is
   * then called again; does nothing where nothing is left.
   */
  void purge(String module);

  /** Why what an export holds can't come back here; empty when it can. Changes nothing. */
  List<Text> conflicts(String module, Source in) throws IOException;

  /** Brings back what an export holds, with the same keys and ids; in the caller's transaction. */
  void bring(String module, Source in) throws IOException;

  /** Where an export is written to. */
  interface Sink {
    /**
     * One entry.
     *
     * @param name a relative path without {@code ..}
     */
    void entry(String name, Writing content) throws IOException;
  }

  /** Writes an entry's content; must not close the stream. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** What an export holds. */
  interface Source {
    /** All entries, in the order in which they were written. */
    List<String> entries();

    /** The caller closes it. */
    InputStream open(String name) throws IOException;
  }
}
