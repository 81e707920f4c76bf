/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.security.internal.audit.AuditReader;

/** What a spreadsheet opens is what was written down, and nothing that it would run. */
class AuditCsvTest {
  @Test
  void writesEachEntryOnALineOfItsOwn() throws IOException {
    StringWriter out = new StringWriter();
    AuditCsv.line(
        out,
        new AuditReader.Entry(
            7,
            Instant.parse("2026-03-31T08:00:00Z"),
            "ilze",
            "person.changed",
            "person:anna",
            Map.of("name", "A \"B\", C"),
            "192.0.2.1",
            "abc"));
    assertEquals(
        "\"7\",\"2026-03-31T08:00:00Z\",\"ilze\",\"person.changed\",\"person:anna\","
            + "\"name=A \"\"B\"\", C\",\"192.0.2.1\",\"abc\"\r\n",
        out.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"})
  void makesTextOfFormulas(String text) {
    assertEquals("\"'" + text + '"', AuditCsv.cell(text));
  }
}
