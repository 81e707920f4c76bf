/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.talka.api.rest.Open;
import org.talka.rest.internal.TestDesk;

class CompressionTest {
  private static TestDesk desk;

  /** Answers of any length. */
  @Path("lines")
  @Produces(MediaType.APPLICATION_JSON)
  @Open
  public static class Lines {
    @GET
    @Path("{count}")
    public List<String> list(@PathParam("count") int count) {
      return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    @POST
    @Path("{count}")
    public List<String> make(@PathParam("count") int count) {
      return list(count);
    }
  }

  @BeforeAll
  static void open() {
    desk = new TestDesk(null, new Lines());
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @Test
  void longAnswersAreCompressedForWhoeverTakesThem() throws Exception {
    HttpResponse<byte[]> plain = ask("GET", 5_000, Optional.empty());
    HttpResponse<byte[]> small = ask("GET", 5_000, Optional.of("gzip, deflate, br"));
    assertEquals(Optional.empty(), plain.headers().firstValue("Content-Encoding"));
    assertEquals(Optional.of("gzip"), small.headers().firstValue("Content-Encoding"));
    assertEquals(List.of("Accept-Encoding"), small.headers().allValues("Vary"));
    assertEquals(List.of("Accept-Encoding"), plain.headers().allValues("Vary"));
    assertTrue(small.body().length * 3 < plain.body().length, small.body().length + " bytes");
    byte[] read = new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes();
    assertEquals(text(plain.body()), text(read));
  }

  @Test
  void shortAnswersAndAnswersToWritesStayAsTheyAre() throws Exception {
    HttpResponse<byte[]> shortOne = ask("GET", 3, Optional.of("gzip"));
    assertEquals(Optional.empty(), shortOne.headers().firstValue("Content-Encoding"));
    assertEquals(List.of("Accept-Encoding"), shortOne.headers().allValues("Vary"));
    assertEquals("[\"line 0\",\"line 1\",\"line 2\"]", text(shortOne.body()));
    HttpResponse<byte[]> write = ask("POST", 5_000, Optional.of("gzip"));
    assertEquals(Optional.empty(), write.headers().firstValue("Content-Encoding"));
    assertEquals(List.of(), write.headers().allValues("Vary"));
  }

  @Test
  void memoryIsGivenBackWithoutEndingTheAnswer() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Compression.Packed packed = new Compression.Packed(out);
    packed.write(new byte[5_000]);
    packed.free();
    assertThrows(NullPointerException.class, () -> packed.write(1), "the deflater is closed");
    byte[] broken = out.toByteArray();
    assertThrows(
        EOFException.class,
        () -> new GZIPInputStream(new ByteArrayInputStream(broken)).readAllBytes());
    packed.free();
  }

  @ParameterizedTest
  @CsvSource({
    ", false",
    "'', false",
    "br, false",
    "gzip, true",
    "'br, GZIP;q=0.5', true",
    "'gzip;q=0', false",
    "'gzip; q=0.0', false"
  })
  void takesWhatTheClientSays(String header, boolean takes) {
    assertEquals(takes, Compression.takes(header));
  }

  private static HttpResponse<byte[]> ask(String method, int count, Optional<String> encoding)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + desk.port() + "/api/v1/lines/" + count))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Authorization", TestDesk.token().get("Authorization"));
    encoding.ifPresent(value -> request.header("Accept-Encoding", value));
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
