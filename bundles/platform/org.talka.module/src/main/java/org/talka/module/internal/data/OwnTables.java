/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.talka.api.text.Text;
import org.talka.module.ModuleData;
import org.talka.module.RowLines;
import org.talka.persistence.MigrationOutcome;
import org.talka.persistence.Tables;

/**
 * The tables that a module made itself. They come back by the module's own changelog, which is in
 * its archive; what that writes by itself gives way to the rows of the export.
 */
final class OwnTables implements ModuleData {
  private static final String ROWS = "rows/";
  private static final String CHANGE_SETS = "changesets.jsonl";
  private static final int BATCH = 500;

  private final Tables tables;
  private final Supplier<Collection<String>> modules;

  /**
   * @param modules ids of all modules that are or were here
   */
  OwnTables(Tables tables, Supplier<Collection<String>> modules) {
    this.tables = tables;
    this.modules = modules;
  }

  private static String prefix(String module) {
    return module.replace('-', '_') + "_";
  }

  /** {@code asset-model} is another module than {@code asset}. */
  private List<String> others(String module) {
    String own = prefix(module);
    return modules.get().stream()
        .filter(other -> !other.equals(module))
        .map(OwnTables::prefix)
        .filter(other -> other.startsWith(own))
        .toList();
  }

  private List<String> tables(String module) {
    return tables.beginning(prefix(module), others(module));
  }

  @Override
  public String name() {
    return "tables";
  }

  @Override
  public Map<String, Long> count(String module) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (String table : tables(module)) {
      counts.put(table, tables.count(table, Tables.Condition.ALL));
    }
    return counts;
  }

  @Override
  public void export(String module, Sink out) throws IOException {
    out.entry(
        CHANGE_SETS,
        content -> {
          RowLines lines = new RowLines(content);
          tables.changeSets(module).forEach(id -> lines.write(Map.of("id", id)));
          lines.flush();
        });
    for (String table : tables(module)) {
      out.entry(
          ROWS + table + ".jsonl",
          content -> {
            RowLines lines = new RowLines(content);
            tables.read(table, Tables.Condition.ALL, lines::write);
            lines.flush();
          });
    }
  }

  @Override
  public void purge(String module) {
    tables.drop(module, prefix(module), others(module));
  }

  @Override
  public List<Text> conflicts(String module, Source in) throws IOException {
    List<Text> conflicts = new ArrayList<>();
    if (!tables(module).isEmpty()) {
      conflicts.add(Text.of("module.conflict.tables", "tables", String.join(", ", tables(module))));
    }
    for (String entry : in.entries()) {
      if (entry.startsWith(ROWS) && !table(entry).startsWith(prefix(module))) {
        conflicts.add(Text.of("module.conflict.foreign", "table", table(entry)));
      }
    }
    return conflicts;
  }

  private static String table(String entry) {
    return entry.substring(ROWS.length()).replace(".jsonl", "");
  }

  /** Makes the tables as they were; in a transaction of its own, before {@link #bring}. */
  void create(String module, List<byte[]> changelogs, Source in) throws IOException {
    HashSet<Object> wanted = new HashSet<>();
    if (in.entries().contains(CHANGE_SETS)) {
      try (InputStream lines = in.open(CHANGE_SETS)) {
        RowLines.read(lines, row -> wanted.add(row.get("id")));
      }
    }
    for (boolean contract : List.of(false, true)) {
      for (byte[] changelog : changelogs) {
        if (!new HashSet<Object>(tables.changeSets(module)).containsAll(wanted)) {
          require(tables.create(module, changelog, contract));
        }
      }
    }
  }

  private static void require(MigrationOutcome outcome) {
    if (outcome instanceof MigrationOutcome.Failed failed) {
      throw new IllegalStateException(failed.reason());
    }
  }

  @Override
  public void bring(String module, Source in) throws IOException {
    for (String entry : in.entries()) {
      if (entry.startsWith(ROWS)) {
        String table = table(entry);
        if (!tables(module).contains(table)) {
          throw new IOException("table " + table + " is not one of module " + module);
        }
        tables.delete(table, Tables.Condition.ALL);
        try (InputStream lines = in.open(entry)) {
          RowLines.inBatches(lines, BATCH, rows -> tables.insert(table, rows));
        }
      }
    }
  }
}
