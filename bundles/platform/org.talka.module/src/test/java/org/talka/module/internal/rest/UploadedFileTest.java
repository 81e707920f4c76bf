/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class UploadedFileTest {
  private static final String TYPE = "multipart/form-data; boundary=\"x y\"";

  private static byte[] body(String... parts) {
    return (String.join("\r\n", parts) + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static UploadedFile read(String type, byte[] body) {
    return UploadedFile.read(type, new ByteArrayInputStream(body));
  }

  @Property(tries = 200)
  void readsEveryContentAsItWasSent(@ForAll byte[] content) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        body(
            "--x y",
            "Content-Disposition: form-data; name=\"note\"",
            "",
            "hello",
            "--x y",
            "Content-Disposition: form-data; name=\"file\"; filename=\"p.jar\"",
            "Content-Type: application/java-archive",
            ""));
    out.write(content);
    out.write(body("", "--x y--"));
    UploadedFile file = read(TYPE, out.toByteArray());
    assertEquals("p.jar", file.name());
    assertArrayEquals(content, file.content());
  }

  @Example
  void refusesABodyWithoutBoundaryOrFile() {
    DomainException missing =
        assertThrows(DomainException.class, () -> read("multipart/form-data", body("--x", "", "")));
    assertEquals(ErrorKind.MALFORMED, missing.kind());
    for (byte[] body :
        new byte[][] {
          body(),
          body("--x y--"),
          body("--x y", "Content-Disposition: form-data; name=\"other\"", "", "a", "--x y--"),
          body("--x y", "Content-Disposition: form-data; name=\"file\"", "", "no end"),
        }) {
      DomainException refused = assertThrows(DomainException.class, () -> read(TYPE, body));
      assertEquals(ErrorKind.INVALID, refused.kind());
    }
  }
}
