/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The scenarios against the running server, as the user admin. */
final class Desk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String API = "/api/v1";
  private static final String QUEUE = API + "/tickets?q=state%3Aopen&sort=-updatedAt&limit=50";

  private final int port;
  private final String headers;
  private final TicketLoader.Keys keys;

  /**
   * @param keys of tickets that are there
   */
  Desk(int port, TicketLoader.Keys keys) throws IOException {
    this.port = port;
    this.headers = signIn(port);
    this.keys = keys;
  }

  private static String signIn(int port) throws IOException {
    try (Connection connection =
        new Connection(port, "Origin: http://127.0.0.1:" + port + "\r\n")) {
      Connection.Answer answer =
          connection.post(
              API + "/session",
              JSON.createObjectNode()
                  .put("username", "admin")
                  .put("password", Server.PASSWORD)
                  .toString());
      String cookie = check(answer, 200).headers().getOrDefault("set-cookie", "");
      return "Cookie: "
          + cookie.split(";", 2)[0]
          + "\r\nX-CSRF-Token: "
          + JSON.readTree(answer.body()).path("csrfToken").asText()
          + "\r\n";
    }
  }

  /**
   * What is measured.
   *
   * @param name as reports call it
   */
  record Scenario(String name, Load.Clients clients) {}

  /** Those that only read come first, so that they meet as many tickets as are said to be there. */
  List<Scenario> scenarios() {
    return List.of(
        new Scenario("read", Reader::new),
        new Scenario("queue page", n -> new Getter(n, QUEUE)),
        new Scenario("search", Searcher::new),
        new Scenario("HTML shell", n -> new Getter(n, "/")),
        new Scenario("create", Creator::new),
        new Scenario("update with comment", Updater::new));
  }

  private static Connection.Answer check(Connection.Answer answer, int status) throws IOException {
    if (answer.status() != status) {
      String body = answer.text();
      throw new IOException(
          answer.status() + " " + body.substring(0, Math.min(300, body.length())));
    }
    return answer;
  }

  private static String newTicket(Random random) {
    return JSON.createObjectNode()
        .put("type", "incident")
        .put("subject", Words.subject(random, random.nextInt(1_000_000)))
        .put("description", Words.description(random))
        .put("impact", "medium")
        .put("urgency", "low")
        .toString();
  }

  /** What all clients have: a connection, and a random of their own that repeats in every run. */
  private abstract class DeskClient implements Load.Client {
    final Connection connection = new Connection(port, headers);
    final Random random;

    DeskClient(int number) {
      this.random = new Random(number);
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private final class Reader extends DeskClient {
    Reader(int number) {
      super(number);
    }

    @Override
    public void operate() throws IOException {
      long key = keys.first() + random.nextInt(keys.count());
      check(connection.get(String.format(Locale.ROOT, API + "/tickets/INC-%06d", key)), 200);
    }
  }

  private final class Getter extends DeskClient {
    private final String path;

    Getter(int number, String path) {
      super(number);
      this.path = path;
    }

    @Override
    public void operate() throws IOException {
      check(connection.get(path), 200);
    }
  }

  private final class Searcher extends DeskClient {
    Searcher(int number) {
      super(number);
    }

    @Override
    public void operate() throws IOException {
      String words = URLEncoder.encode(Words.question(random), StandardCharsets.UTF_8);
      check(connection.get(API + "/search?limit=50&q=" + words), 200);
    }
  }

  private final class Creator extends DeskClient {
    Creator(int number) {
      super(number);
    }

    @Override
    public void operate() throws IOException {
      check(connection.post(API + "/tickets", newTicket(random)), 201);
    }
  }

  /** Reads a ticket, changes it and says so, as a person does: three requests. */
  private final class Updater extends DeskClient {
    private final String path;
    private boolean urgent;

    Updater(int number) throws IOException {
      super(number);
      Connection.Answer created = check(connection.post(API + "/tickets", newTicket(random)), 201);
      JsonNode ticket = JSON.readTree(created.body());
      this.path = API + "/tickets/" + ticket.path("key").asText();
    }

    @Override
    public void operate() throws IOException {
      String tag = check(connection.get(path), 200).headers().getOrDefault("etag", "");
      urgent = !urgent;
      String change = urgent ? "{\"urgency\":\"high\"}" : "{\"urgency\":\"low\"}";
      check(connection.send("PATCH", path, "If-Match: " + tag + "\r\n", change), 200);
      String comment =
          JSON.createObjectNode()
              .put("body", Words.description(random))
              .put("visibility", "public")
              .toString();
      check(connection.post(path + "/comments", comment), 201);
    }
  }
}
