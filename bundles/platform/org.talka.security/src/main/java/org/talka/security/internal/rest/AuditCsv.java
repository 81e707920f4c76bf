/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.talka.security.internal.audit.AuditReader;

/** Entries of the audit as CSV (RFC 4180). */
final class AuditCsv {
  private AuditCsv() {}

  static void head(Writer out) throws IOException {
    cells(
        out,
        List.of(
            "sequence", "at", "actor", "action", "object", "details", "address", "correlationId"));
  }

  static void line(Writer out, AuditReader.Entry entry) throws IOException {
    String details =
        new TreeMap<>(entry.details())
            .entrySet().stream()
                .map((Map.Entry<String, String> d) -> d.getKey() + "=" + d.getValue())
                .collect(Collectors.joining("; "));
    cells(
        out,
        List.of(
            Long.toString(entry.sequence()),
            entry.at().toString(),
            entry.actor(),
            entry.action(),
            entry.object(),
            details,
            entry.address(),
            entry.correlationId()));
  }

  private static void cells(Writer out, List<String> cells) throws IOException {
    out.write(cells.stream().map(AuditCsv::cell).collect(Collectors.joining(",")));
    out.write("\r\n");
  }

  /** Quoted; what a spreadsheet would take for a formula is made text. */
  static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
