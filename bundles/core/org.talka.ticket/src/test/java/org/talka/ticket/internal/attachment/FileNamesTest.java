/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.attachment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "report.pdf → report.pdf",
        "../../etc/passwd → passwd",
        "C:\\temp\\a.txt → a.txt",
        "e\"vil<b>.svg → e_vil_b_.svg",
        "Rēķins 2026.pdf → Rēķins 2026.pdf",
        ".htaccess → htaccess",
        ".. → file",
        "/ → file"
      })
  void makesNamesFitToShow(String given, String expected) {
    assertEquals(expected, FileNames.clean(given));
  }

  @Test
  void takesOutWhatMisleads() {
    assertEquals("gpj.exe", FileNames.clean("\u202egpj.exe"));
    assertEquals("a.txtb", FileNames.clean("a.txt\r\n\u0000b"));
    assertEquals("file", FileNames.clean(null));
  }

  @Test
  void keepsTheExtensionOfALongName() {
    String name = FileNames.clean("x".repeat(300) + ".pdf");
    assertEquals(200, name.length());
    assertTrue(name.endsWith(".pdf"));
  }

  @Test
  void encodesTheHeaderForEveryBrowser() {
    assertEquals(
        "attachment; filename=\"R__ins.pdf\"; filename*=UTF-8''R%C4%93%C4%B7ins.pdf",
        FileNames.disposition("attachment", "Rēķins.pdf"));
  }

  @Property
  void noNameBreaksOutOfTheHeader(@ForAll String given) {
    String name = FileNames.clean(given);
    String header = FileNames.disposition("attachment", name);
    assertTrue(name.length() <= 200 && !name.isBlank());
    assertFalse(name.contains("/") || name.contains("\\") || name.startsWith("."));
    assertTrue(header.chars().allMatch(c -> c >= ' ' && c < 127), header);
    assertEquals(2, header.chars().filter(c -> c == '"').count());
  }
}
