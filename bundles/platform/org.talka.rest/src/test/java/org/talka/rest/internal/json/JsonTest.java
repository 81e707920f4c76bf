/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.query.Page;

class JsonTest {
  private final JsonCodec codec = new JsonCodec();

  enum Colour {
    RED
  }

  record Inner(int number) {}

  record Body(
      String name,
      Integer size,
      boolean on,
      Instant at,
      Colour colour,
      List<Inner> inner,
      Map<String, Object> fields,
      Optional<String> note) {}

  @Test
  void theLastPageOfAListSaysThatThereIsNoNext() throws IOException {
    Page<String> last = new Page<>(List.of("a"), Optional.empty());
    String json = new String(codec.bytes(last), StandardCharsets.UTF_8);
    assertEquals("{\"items\":[\"a\"],\"next\":null}", json);
    Page<String> first = new Page<>(List.of(), Optional.of("x"));
    assertEquals(
        "{\"items\":[],\"next\":\"x\"}", new String(codec.bytes(first), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "{",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\"}{}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"fields\":{\"a\":1,\"a\":2}}",
        "{'name':'a'}",
        "{\"name\":NaN}",
        "[]",
        "17",
        "\"text\"",
        "{\"name\":1}",
        "{\"name\":true}",
        "{\"name\":[]}",
        "{\"name\":{}}",
        "{\"size\":\"1\"}",
        "{\"size\":1.5}",
        "{\"size\":99999999999}",
        "{\"on\":\"true\"}",
        "{\"on\":1}",
        "{\"at\":\"yesterday\"}",
        "{\"colour\":\"BLUE\"}",
        "{\"colour\":0}",
        "{\"inner\":[{\"number\":\"x\"}]}",
        "{\"nonsense\":1}",
        "{\"id\":1,\"name\":\"a\"}",
        "{\"name\":\"a\\u0000b\"}",
        "{\"name\":\"\\ud800\"}",
        "{\"name\":\"\\udc00\\ud800\"}",
        "{\"name\":\"\\ud800\\u0041\"}",
        "{\"fields\":{\"\\u0000\":1}}",
        "{\"fields\":{\"n\":1e999999999}}",
        "{\"@class\":\"java.lang.Runtime\"}"
      })
  void refusesWhatIsNotTheBody(String json) {
    assertEquals(ErrorKind.MALFORMED, refused(json, Body.class).kind());
  }

  @Test
  void namesTheFieldThatIsUnknown() {
    DomainException e = refused("{\"inner\":[{\"number\":1,\"colour\":2}]}", Body.class);
    assertEquals("inner[0].colour", e.fieldErrors().get(0).field());
  }

  @Test
  void namesTheFieldOfTheWrongKind() {
    DomainException e = refused("{\"inner\":[{\"number\":1},{\"number\":{}}]}", Body.class);
    assertEquals("inner[1].number", e.fieldErrors().get(0).field());
  }

  record Whole(List<String> parts) {
    Whole {
      parts = List.copyOf(parts);
    }
  }

  @Test
  void doesNotCallItInvalidJsonWhenARecordCantTakeIt() {
    assertEquals(
        "error.rest.json.wrong-shape", refused("{\"parts\":[null]}", Whole.class).text().key());
  }

  @Test
  void refusesADocumentThatIsTooDeep() {
    assertEquals(
        ErrorKind.MALFORMED, refused("{\"fields\":" + "[".repeat(10_000), Body.class).kind());
    String deep = "{\"fields\":{\"a\":" + "[".repeat(120) + "]".repeat(120) + "}}";
    assertEquals("error.rest.json.limits", refused(deep, Body.class).text().key());
  }

  @Test
  void refusesATextThatIsTooLong() {
    String json = "{\"name\":\"" + "x".repeat(1024 * 1024 + 1) + "\"}";
    assertEquals(ErrorKind.TOO_LARGE, refused(json, Body.class).kind());
  }

  @Test
  void refusesADocumentThatIsTooLarge() {
    String json = "{\"fields\":{" + " ".repeat(JsonCodec.MAX_DOCUMENT) + "}}";
    assertEquals(ErrorKind.TOO_LARGE, refused(json, Body.class).kind());
  }

  @Test
  void refusesOtherEncodings() {
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      byte[] json = "{\"name\":\"a\\u0000\"}".getBytes(charset);
      assertThrows(DomainException.class, () -> read(json, Body.class));
    }
    byte[] latin1 = "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(DomainException.class, () -> read(latin1, Body.class));
    byte[] surrogate = {
      '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'
    };
    assertThrows(DomainException.class, () -> read(surrogate, Body.class));
  }

  @Test
  void readsWhatIsRight() throws IOException {
    Body body =
        (Body)
            read(
                ("{\"name\":\"\\ud83d\\ude00 \\\\u0000 ē\",\"size\":1,\"at\":\"2026-01-01T00:00:00Z\","
                        + "\"fields\":{\"n\":1.50,\"e\":1e3,\"x\":null}}")
                    .getBytes(StandardCharsets.UTF_8),
                Body.class);
    assertEquals("\ud83d\ude00 \\u0000 ē", body.name());
    assertEquals(Instant.parse("2026-01-01T00:00:00Z"), body.at());
    assertEquals(new java.math.BigDecimal("1.50"), body.fields().get("n"));
    assertTrue(body.fields().containsKey("x"));
    assertTrue(body.note() == null || body.note().isEmpty());
  }

  @Property(tries = 300)
  void readsBackWhatItWrote(@ForAll String text) throws IOException {
    boolean storable = text.indexOf(0) < 0 && wellFormed(text);
    byte[] json = codec.bytes(Map.of("text", text));
    if (storable) {
      assertEquals(Map.of("text", text), read(json, Map.class));
    }
  }

  @Property(tries = 500)
  void noBytesMakeItFailOtherwiseThanByARefusal(@ForAll byte[] bytes) throws IOException {
    try {
      read(bytes, Body.class);
    } catch (DomainException refused) {
      assertTrue(refused.kind() == ErrorKind.MALFORMED || refused.kind() == ErrorKind.TOO_LARGE);
    }
  }

  private static boolean wellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private DomainException refused(String json, Type type) {
    return assertThrows(
        DomainException.class, () -> read(json.getBytes(StandardCharsets.UTF_8), type), json);
  }

  private Object read(byte[] json, Type type) throws IOException {
    return codec.read(new ByteArrayInputStream(json), type);
  }
}
