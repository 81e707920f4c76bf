/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=b";
  private static final Multipart.Limits LIMITS = new Multipart.Limits(10_000, 3);

  @Test
  void readsThePartsInTheirOrder() throws IOException {
    Multipart parts =
        multipart(
            part("form-data; name=\"comment\"", "ē ok")
                + part("form-data; name=\"file\"; filename=\"a.png\"", "PNG"));
    Multipart.Part comment = parts.next().orElseThrow();
    assertEquals("comment", comment.name());
    assertEquals(Optional.empty(), comment.fileName());
    assertEquals("ē ok", comment.text(100));
    Multipart.Part file = parts.next().orElseThrow();
    assertEquals(Optional.of("a.png"), file.fileName());
    try (InputStream in = file.content()) {
      assertEquals("PNG", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertTrue(parts.next().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data", "multipart/form-data; charset=utf-8"})
  void refusesAnUploadWithoutABoundary(String type) {
    assertEquals(
        "error.rest.multipart.boundary",
        assertThrows(DomainException.class, () -> Multipart.of(stream("x"), type, LIMITS))
            .text()
            .key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "multipart/mixed; boundary=b"})
  void refusesWhatIsNoUpload(String type) {
    assertEquals(
        ErrorKind.UNSUPPORTED_MEDIA,
        assertThrows(DomainException.class, () -> Multipart.of(stream("x"), type, LIMITS)).kind());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing of the kind",
        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno end",
        "--b\r\nContent-Disposition: form-data; name=\"file\"",
        "--x\r\n\r\n--x--"
      })
  void refusesABrokenUpload(String body) {
    DomainException refused = assertThrows(DomainException.class, () -> drain(body));
    assertEquals(ErrorKind.MALFORMED, refused.kind());
  }

  @Test
  void refusesMoreThanTheLimits() {
    String large = part("form-data; name=\"file\"; filename=\"a\"", "x".repeat(11_000)) + "--b--";
    assertEquals(
        ErrorKind.TOO_LARGE, assertThrows(DomainException.class, () -> drain(large)).kind());
    String many = part("form-data; name=\"a\"", "1").repeat(4) + "--b--";
    assertEquals(
        ErrorKind.TOO_LARGE, assertThrows(DomainException.class, () -> drain(many)).kind());
    Multipart text = multipart(part("form-data; name=\"a\"", "12345"));
    Multipart.Part part = text.next().orElseThrow();
    assertEquals(
        ErrorKind.TOO_LARGE, assertThrows(DomainException.class, () -> part.text(4)).kind());
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, passwd",
    "C:\\\\Windows\\\\win.ini, win.ini",
    "C:\\Windows\\win.ini, win.ini",
    "..., file",
    ".hidden, hidden",
    "' ', file",
    "a/, file",
    "plain name.txt, plain name.txt",
    "rēķins.pdf, rēķins.pdf"
  })
  void cleansHostileNames(String sent, String shown) {
    Multipart parts = multipart(part("form-data; name=\"file\"; filename=\"" + sent + "\"", "x"));
    assertEquals(shown, parts.next().orElseThrow().fileName().orElse("none"));
  }

  @Property(tries = 500)
  void whateverTheNameItCanBeShown(@ForAll String name) {
    String shown = FileNames.shown(name);
    assertFalse(shown.isEmpty());
    assertTrue(shown.codePointCount(0, shown.length()) <= 200);
    assertFalse(shown.startsWith("."));
    assertTrue(
        shown
            .codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || c == '/'
                        || c == '\\'
                        || c == 0x202E
                        || c >= 0xD800 && c <= 0xDFFF));
  }

  @Test
  void keepsTheKindOfALongName() {
    String shown = FileNames.shown("x".repeat(300) + ".png");
    assertEquals(200, shown.length());
    assertTrue(shown.endsWith(".png"));
  }

  private static void drain(String body) throws IOException {
    Multipart parts = Multipart.of(stream(body), TYPE, LIMITS);
    for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
      try (InputStream in = part.get().content()) {
        in.readAllBytes();
      }
    }
  }

  private static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private static Multipart multipart(String parts) {
    return Multipart.of(stream(parts + "--b--\r\n"), TYPE, LIMITS);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
