/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which modules were being started, or had just been, when the process ended without a goodbye. A
 * file of its own and not the database, which may be what the module has brought down. Each line is
 * on disk before the module's code runs.
 *
 * <p>A line says the run of the server, what happened ({@code S} the start begins, {@code R} it has
 * returned) and the module. Blamed for the death of a run are the modules whose start had not
 * returned; if all had, then all that were started within the last minute of the run. The monitor
 * guards everything.
 */
final class StartLog {
  private static final int DEATHS = 2;

  private final Path file;
  private final String run;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String run, char what, String module) {
    String line() {
      // a line break before it, too: the line before may have been cut off
      return "\n" + run + ' ' + what + ' ' + module + '\n';
    }
  }

  /**
   * @param run tells this run of the server from others; no spaces
   */
  StartLog(Path file, String run) {
    this.file = file;
    this.run = run;
    if (Files.exists(file)) {
      try {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          String[] parts = line.split(" ");
          // a line that was cut off says nothing
          if (parts.length == 3 && parts[1].length() == 1) {
            entries.add(new Entry(parts[0], parts[1].charAt(0), parts[2]));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Whether the server died twice over this module. */
  synchronized boolean suspects(String module) {
    Map<String, Set<String>> blamed = new LinkedHashMap<>();
    Map<String, Set<String>> unfinished = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.run().equals(run)) {
        continue;
      }
      Set<String> open = unfinished.computeIfAbsent(entry.run(), r -> new LinkedHashSet<>());
      if (entry.what() == 'S') {
        blamed.computeIfAbsent(entry.run(), r -> new LinkedHashSet<>()).add(entry.module());
        open.add(entry.module());
      } else {
        open.remove(entry.module());
      }
    }
    long deaths =
        blamed.entrySet().stream()
            .filter(
                death -> {
                  Set<String> open = unfinished.get(death.getKey());
                  return (open.isEmpty() ? death.getValue() : open).contains(module);
                })
            .count();
    return deaths >= DEATHS;
  }

  /** Returns when it is on disk. */
  synchronized void starting(String module) throws IOException {
    append(new Entry(run, 'S', module));
  }

  synchronized void returned(String module) throws IOException {
    append(new Entry(run, 'R', module));
  }

  /** The module has proved harmless, or is not started any more: nothing is known against it. */
  synchronized void clear(String module) throws IOException {
    if (entries.removeIf(entry -> entry.module().equals(module))) {
      rewrite();
    }
  }

  /** This run ends as it should: its starts harmed nobody. */
  synchronized void goodbye() throws IOException {
    if (entries.removeIf(entry -> entry.run().equals(run))) {
      rewrite();
    }
  }

  private void append(Entry entry) throws IOException {
    entries.add(entry);
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, entry.line());
    }
  }

  private void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(entry.line()));
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      write(channel, lines.toString());
    }
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }
}
