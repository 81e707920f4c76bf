/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.talka.rest.internal.TestDesk;
import org.talka.rest.internal.Things;

/** A connection goes on after a refusal, wherever the body of the refused request was by then. */
@Timeout(20)
class UnreadBodyTest {
  private static TestDesk desk;

  private Socket socket;
  private OutputStream out;
  private BufferedReader in;

  @BeforeAll
  static void open() {
    desk = new TestDesk(null, new Things("me"));
  }

  @AfterAll
  static void close() {
    desk.close();
  }

  @BeforeEach
  void connect() throws IOException {
    socket = new Socket("127.0.0.1", desk.port());
    socket.setSoTimeout(10_000);
    out = socket.getOutputStream();
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  @AfterEach
  void disconnect() throws IOException {
    socket.close();
  }

  private void send(String text) throws IOException {
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void head(String line, String more) throws IOException {
    send(line + " HTTP/1.1\nHost: localhost:" + desk.port() + "\n" + more + "\n");
  }

  /** The answer's status, and whether the connection is said to end with it. */
  private record Head(int status, boolean closes) {}

  private Head answer() throws IOException {
    String first = in.readLine();
    assertTrue(first != null, "the connection ended without an answer");
    int length = 0;
    boolean closes = false;
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(15).strip());
      }
      closes |= header.equals("connection: close");
    }
    for (int i = 0; i < length; i++) {
      in.read();
    }
    return new Head(Integer.parseInt(first.split(" ")[1]), closes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cookie: talka_session=agent", "X-None: 1"})
  void aBodyThatComesAfterTheRefusalIsTakenOutOfTheWay(String who) throws IOException {
    for (int i = 0; i < 3; i++) {
      head("POST /api/v1/things", who + "\nContent-Type: application/json\nContent-Length: 16\n");
      int status = answer().status();
      assertTrue(status == 401 || status == 403, "refused with " + status);
      send("{\"name\":\"a thing");
    }
    head("GET /api/v1/things", "");
    assertTrue(answer().status() < 500);
  }

  @Test
  void theSameForOneOfUnknownLength() throws IOException {
    head("POST /api/v1/things", "Content-Type: application/json\nTransfer-Encoding: chunked\n");
    int status = answer().status();
    assertTrue(status == 401 || status == 403, "refused with " + status);
    send("2\n{}\n0\n\n");
    head("GET /api/v1/things", "");
    assertTrue(answer().status() < 500);
  }

  @Test
  void itIsSaidWhenALongOneEndsTheConnection() throws IOException {
    head(
        "POST /api/v1/things/nowhere;x=1",
        "Content-Type: application/json\nContent-Length: 4000000\n");
    assertEquals(new Head(400, true), answer());
  }
}
