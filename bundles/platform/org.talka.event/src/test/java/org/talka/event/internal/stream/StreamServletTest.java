/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.event.StreamMessage;
import org.talka.event.internal.Eventually;
import org.talka.event.internal.outbox.Outbox;
import org.talka.testkit.persistence.Engine;
import org.talka.testkit.persistence.TestDatabase;
import org.talka.testkit.security.TestCaller;
import org.talka.testkit.security.TestCallers;

/** The stream as a browser meets it, over a real server. */
@Timeout(60)
class StreamServletTest {
  private static TestDatabase desk;

  private final TestCallers callers = new TestCallers();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<InputStream> open = new ArrayList<>();
  private Outbox outbox;
  private StreamHub hub;
  private Server server;
  private URI address;

  @BeforeAll
  static void openDatabase() {
    desk = TestDatabase.open(Engine.DERBY, "event");
  }

  @AfterAll
  static void closeDatabase() {
    desk.close();
  }

  @BeforeEach
  void start() throws Exception {
    desk.clear();
    outbox = new Outbox(desk.unit(), desk.transactions(), callers);
    start(Duration.ofSeconds(15));
  }

  private void start(Duration heartbeat) throws Exception {
    hub =
        new StreamHub(
            outbox, StreamServletTest::message, () -> Map.of("generation", 4L), heartbeat);
    server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder servlet =
        new ServletHolder(
            new StreamServlet(hub, callers, (text, locale) -> "text of " + text.key()));
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/api/v1/events");
    FilterHolder door = new FilterHolder(frontDoor());
    door.setAsyncSupported(true);
    context.addFilter(door, "/*", EnumSet.of(DispatcherType.REQUEST));
    server.setHandler(context);
    server.start();
    address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/v1/events");
  }

  /** Says who calls: the person of the header {@code Person}, in the session {@code Session}. */
  private Filter frontDoor() {
    return (request, response, chain) -> {
      var http = (jakarta.servlet.http.HttpServletRequest) request;
      String person = http.getHeader("Person");
      request.setAttribute("org.talka.session", http.getHeader("Session"));
      Caller caller =
          person == null ? callers.current() : TestCaller.person(Long.parseLong(person));
      callers.as(
          caller,
          () -> {
            try {
              chain.doFilter(request, response);
              return null;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } catch (ServletException e) {
              throw new IllegalStateException(e);
            }
          });
    };
  }

  /** Persons with an even number see events about even subjects, others the odd ones. */
  private static Optional<StreamMessage> message(Caller caller, DomainEvent event) {
    long person = caller.person().orElseThrow().value();
    return event.subject().startsWith("n") && number(event) % 2 == person % 2
        ? Optional.of(new StreamMessage("ticket", Map.of("key", event.subject())))
        : Optional.empty();
  }

  private static int number(DomainEvent event) {
    return Integer.parseInt(event.subject().substring(1));
  }

  @AfterEach
  void stop() throws Exception {
    for (InputStream in : open) {
      in.close();
    }
    hub.close();
    server.stop();
  }

  /** A browser's end of a stream. */
  private record Reader(BufferedReader lines) {
    /** The next event, without heartbeats; null at the end. */
    String next() throws IOException {
      StringBuilder event = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty()) {
          event.append(line).append('|');
        } else if (event.indexOf("data:") >= 0) {
          return event.toString();
        } else {
          event.setLength(0);
        }
      }
      return null;
    }
  }

  private HttpResponse<InputStream> get(String person, String session, String lastId)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Session", session);
    if (!person.isEmpty()) {
      request.header("Person", person);
    }
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    open.add(response.body());
    return response;
  }

  private Reader stream(String person, String session, String lastId) throws Exception {
    HttpResponse<InputStream> response = get(person, session, lastId);
    assertEquals(200, response.statusCode());
    assertEquals(
        "text/event-stream;charset=utf-8",
        response
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .toLowerCase(java.util.Locale.ROOT));
    return new Reader(
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
  }

  private long publish(String subject) {
    outbox.publish("ticket.created", subject, Map.of());
    return outbox.lastSequence();
  }

  @Test
  void greetsAndTellsOnlyWhatTheCallerMaySee() throws Exception {
    Reader even = stream("2", "a", "");
    assertEquals("id: 0|event: hello|data: {\"generation\":4,\"resumed\":false}|", even.next());
    Eventually.isTrue(() -> hub.open() == 1, () -> "open " + hub.open());
    publish("n1");
    publish("unclaimed");
    publish("n2");
    assertEquals("id: 3|event: ticket|data: {\"key\":\"n2\"}|", even.next());
  }

  @Test
  void resumesWithWhatWasMissed() throws Exception {
    publish("n2");
    publish("n4");
    publish("n5");
    publish("n6");
    Reader reader = stream("2", "a", "1");
    assertEquals("id: 1|event: hello|data: {\"generation\":4,\"resumed\":true}|", reader.next());
    assertEquals("id: 2|event: ticket|data: {\"key\":\"n4\"}|", reader.next());
    assertEquals("id: 4|event: ticket|data: {\"key\":\"n6\"}|", reader.next());
    publish("n8");
    assertEquals("id: 5|event: ticket|data: {\"key\":\"n8\"}|", reader.next());
  }

  @Test
  void saysSoWhenANumberIsNotItsOwn() throws Exception {
    Reader reader = stream("2", "a", "999");
    assertEquals("id: 0|event: hello|data: {\"generation\":4,\"resumed\":false}|", reader.next());
  }

  @Test
  void broadcastsToEverybody() throws Exception {
    Reader one = stream("1", "a", "");
    Reader two = stream("2", "b", "");
    one.next();
    two.next();
    Eventually.isTrue(() -> hub.open() == 2, () -> "open " + hub.open());
    hub.send("modules", Map.of("generation", 5L));
    assertEquals("event: modules|data: {\"generation\":5}|", one.next());
    assertEquals("event: modules|data: {\"generation\":5}|", two.next());
  }

  @Test
  void tellsSomePeopleWhatIsTheirsAlone() throws Exception {
    Reader one = stream("1", "a", "");
    Reader two = stream("2", "b", "");
    Reader twoAgain = stream("2", "c", "");
    one.next();
    two.next();
    twoAgain.next();
    Eventually.isTrue(() -> hub.open() == 3, () -> "open " + hub.open());
    hub.send(Set.of(new PersonId(2)), "notice", Map.of("id", "7"));
    hub.send(Set.of(), "notice", Map.of("id", "8"));
    hub.send("modules", Map.of());
    assertEquals("event: notice|data: {\"id\":\"7\"}|", two.next());
    assertEquals("event: notice|data: {\"id\":\"7\"}|", twoAgain.next());
    assertEquals("event: modules|data: {}|", one.next());
  }

  @Test
  void endsWithItsSession() throws Exception {
    Reader ending = stream("2", "mine", "");
    Reader other = stream("2", "other", "");
    ending.next();
    other.next();
    Eventually.isTrue(() -> hub.open() == 2, () -> "open " + hub.open());
    assertEquals(1, hub.end(session -> session.sessionId().equals(Optional.of("mine"))));
    assertNull(ending.next());
    hub.send("modules", Map.of());
    assertEquals("event: modules|data: {}|", other.next());
    assertEquals(1, hub.open());
  }

  @Test
  void asksToSignIn() throws Exception {
    HttpResponse<InputStream> response = get("", "a", "");
    String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(401, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElse(""));
    assertTrue(body.contains("\"status\":401"), body);
    assertTrue(body.contains("text of error.event.signin"), body);
  }

  @Test
  void refusesAForgedNumber() throws Exception {
    assertEquals(400, get("2", "a", "1 or 1=1").statusCode());
  }

  @Test
  void boundsTheStreamsOfASession() throws Exception {
    for (int i = 0; i < StreamHub.MOST_PER_SESSION; i++) {
      stream("2", "many", "").next();
    }
    HttpResponse<InputStream> ninth = get("2", "many", "");
    assertEquals(429, ninth.statusCode());
    assertEquals("1", ninth.headers().firstValue("Retry-After").orElse(""));
    assertEquals(200, get("2", "another", "").statusCode());
  }

  @Test
  void hasRoomForAPageThatIsReloadedAgainAndAgain() throws Exception {
    for (int i = 0; i < 3 * StreamHub.MOST_PER_SESSION; i++) {
      Reader reloaded = stream("2", "many", "");
      reloaded.next();
      reloaded.lines().close();
      Eventually.isTrue(() -> hub.open() <= 3, () -> "open " + hub.open());
    }
  }

  @Test
  void makesRoomForAPageThatWasReloadedOften() throws Exception {
    for (int i = 0; i < StreamHub.MOST_PER_SESSION; i++) {
      Reader reloaded = stream("2", "many", "");
      reloaded.next();
      reloaded.lines().close();
    }
    Eventually.isTrue(() -> status("many") == 200, () -> "open " + hub.open());
  }

  private int status(String session) {
    try {
      return get("2", session, "").statusCode();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void forgetsAClientThatWentAway() throws Exception {
    Reader reader = stream("2", "a", "");
    reader.next();
    reader.lines().close();
    Eventually.isTrue(
        () -> {
          hub.send("modules", Map.of());
          return hub.open() == 0;
        },
        () -> "open " + hub.open());
  }

  @Test
  void keepsAlive() throws Exception {
    stop();
    open.clear();
    publish("n1");
    start(Duration.ofMillis(50));
    HttpResponse<InputStream> response = get("2", "a", "");
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertEquals("retry: 3000", lines.readLine());
    String line = lines.readLine();
    while (!line.equals(": alive")) {
      line = lines.readLine();
    }
    assertEquals("id: 1", lines.readLine());
  }

  @Test
  void dropsAClientThatDoesNotReadAndServesTheOthers() throws Exception {
    Reader good = stream("2", "good", "");
    good.next();
    try (Socket slow = new Socket("127.0.0.1", address.getPort())) {
      slow.getOutputStream()
          .write(
              ("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nPerson: 2\r\nSession: slow\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      Eventually.isTrue(() -> hub.open() == 2, () -> "open " + hub.open());
      String text = "x".repeat(60_000);
      Eventually.isTrue(
          () -> {
            hub.send("modules", Map.of("text", text));
            try {
              return good.next().contains(text) && hub.open() == 1;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          },
          () -> "the slow client is still there: " + hub.open());
    }
  }
}
