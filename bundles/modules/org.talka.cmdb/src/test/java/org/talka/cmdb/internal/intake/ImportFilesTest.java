/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.cmdb.internal.Desk;
import org.talka.testkit.persistence.PersistenceTest;
import org.talka.testkit.persistence.TestDatabase;

@PersistenceTest(units = "cmdb")
class ImportFilesTest {
  private final TestDatabase database;
  private ImportFiles files;
  private Desk desk;

  ImportFilesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = new Desk(database);
    files = desk.intake().files;
  }

  private FileRow.Sent send(String text) {
    return files.receive("f", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<Map<String, String>> rows(String text) {
    return files.part(send(text), 0);
  }

  private String refused(String text) {
    DomainException refused = assertThrows(DomainException.class, () -> send(text));
    String key =
        refused.fieldErrors().isEmpty()
            ? refused.text().key()
            : refused.fieldErrors().get(0).message().key();
    long left =
        desk.database.read(
            em -> em.createQuery("select count(f) from FileRow f", Long.class).getSingleResult());
    assertEquals(0, left);
    return key;
  }

  @Test
  void commaSeparatedValuesAreReadAsTheyArrive() {
    assertEquals(
        List.of(Map.of("a", "1", "b = c", "x;\n\"y\""), Map.of("a", "ā\\n")),
        rows("\uFEFFa; b = c \r\n1;\"x;\n\"\"y\"\"\" \r\n\r\nā\\n;\n"));
    assertEquals(List.of("a", "b = c"), send("a;b = c\n1;2").columns());
  }

  @Test
  void jsonIsReadAsAListOrUnderItems() {
    String rows =
        "[{\"a\": \"x\\u0101\\n\\\"\", \"n\": 1.5e3, \"t\": true, \"z\": null}, {}, {\"b\":\"\"}]";
    List<Map<String, String>> expected =
        List.of(Map.of("a", "xā\n\"", "n", "1.5e3", "t", "true"), Map.of(), Map.of());
    assertEquals(expected, rows(rows));
    assertEquals(expected, rows(" {\"about\": {\"x\": [1, {}]}, \"items\": " + rows + "}"));
    assertEquals(List.of(Map.of()), rows("[{}]"));
  }

  @Test
  void whatIsNoFileOfRowsIsRefusedAndLeavesNothing() {
    assertEquals("error.cmdb.csv.header", refused("a,a\n1,2"));
    assertEquals("error.cmdb.csv.row", refused("a\n1,2"));
    assertEquals("error.cmdb.csv.quote", refused("a\n\"x"));
    assertEquals("error.cmdb.file.empty", refused("a,b\n"));
    assertEquals("error.cmdb.file.empty", refused(""));
    assertEquals("error.cmdb.file.value", refused("a\n" + "x".repeat(10_001)));
    assertEquals("error.cmdb.file.columns", refused("a" + ",b".repeat(200)));
    for (String wrong :
        List.of(
            "[", "[1]", "[{\"a\":}]", "[{\"a\":01}]", "[{}] x", "{\"a\":1}", "[{}", "[{a:1}]")) {
      assertEquals("error.cmdb.file.json", refused(wrong), wrong);
    }
    assertEquals("error.cmdb.file.nested", refused("[{\"a\": [1]}]"));
    assertEquals("error.cmdb.file.json", refused("{\"x\":" + "[".repeat(100_000)));
    assertEquals(
        "error.cmdb.file.utf8",
        assertThrows(
                DomainException.class,
                () ->
                    files.receive(
                        "f", new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xFF, 'b'})))
            .fieldErrors()
            .get(0)
            .message()
            .key());
  }

  @Test
  void moreRowsOrBytesThanAFileMayHaveAreRefused() {
    assertEquals("error.cmdb.many", refused("a\n" + "x\n".repeat(ImportFiles.MOST_ROWS + 1)));
    InputStream endless =
        new InputStream() {
          private long at;

          @Override
          public int read() {
            return at++ % 1_000 == 0 ? '\n' : 'x';
          }
        };
    DomainException refused =
        assertThrows(DomainException.class, () -> files.receive("f", endless));
    assertEquals(ErrorKind.TOO_LARGE, refused.kind());
  }

  @Test
  void onlySoManyFilesWait() {
    for (int i = 0; i < 20; i++) {
      send("a\n" + i);
    }
    DomainException refused = assertThrows(DomainException.class, () -> send("a\n1"));
    assertEquals(ErrorKind.CONFLICT, refused.kind());
    assertTrue(files.find(1).isPresent());
  }
}
