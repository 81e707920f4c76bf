/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import static org.talka.bench.Session.API;
import static org.talka.bench.Session.JSON;
import static org.talka.bench.Session.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What people do with tickets. */
final class Desk {
  private static final String QUEUE = API + "/tickets?q=state%3Aopen&sort=-updatedAt&limit=50";

  private final Session session;
  private final TicketLoader.Keys keys;

  /**
   * @param keys of tickets that are there
   */
  Desk(Session session, TicketLoader.Keys keys) {
    this.session = session;
    this.keys = keys;
  }

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

  private static String newTicket(Random random) {
    return JSON.createObjectNode()
        .put("type", "incident")
        .put("subject", Words.subject(random, random.nextInt(1_000_000)))
        .put("description", Words.description(random))
        .put("impact", "medium")
        .put("urgency", "low")
        .toString();
  }

  private final class Reader extends Session.Client {
    Reader(int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      long key = keys.first() + random.nextInt(keys.count());
      get(String.format(Locale.ROOT, API + "/tickets/INC-%06d", key));
    }
  }

  private final class Getter extends Session.Client {
    private final String path;

    Getter(int number, String path) {
      super(session, number);
      this.path = path;
    }

    @Override
    public void operate() throws IOException {
      get(path);
    }
  }

  private final class Searcher extends Session.Client {
    Searcher(int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      String words = URLEncoder.encode(Words.question(random), StandardCharsets.UTF_8);
      get(API + "/search?limit=50&q=" + words);
    }
  }

  private final class Creator extends Session.Client {
    Creator(int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      check(connection.post(API + "/tickets", newTicket(random)), 201);
    }
  }

  /** Reads a ticket, changes it and says so, as a person does: three requests. */
  private final class Updater extends Session.Client {
    private final String path;
    private boolean urgent;

    Updater(int number) throws IOException {
      super(session, number);
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
