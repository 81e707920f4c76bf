/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The user admin, signed in to the running server. */
final class Session {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String API = "/api/v1";

  private static final int MOST_WAITED = 600;

  private final int port;
  private final String headers;

  Session(int port) throws IOException {
    this.port = port;
    this.headers = signIn(port);
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

  /** Installs a module of the distribution and waits until it is in service. */
  void install(String module) throws IOException, InterruptedException {
    try (Connection connection = connect()) {
      String wanted =
          JSON.createObjectNode().put("action", "install").put("module", module).toString();
      JsonNode plan =
          JSON.readTree(check(connection.post(API + "/modules/plans", wanted), 200).body());
      String apply = API + "/modules/plans/" + plan.path("id").asText() + "/apply";
      JsonNode applied = JSON.readTree(check(connection.post(apply, "{}"), 202).body());
      String operation = API + "/modules/operations/" + applied.path("operation").asText();
      for (int waited = 0; waited < MOST_WAITED; waited++) {
        JsonNode now = JSON.readTree(check(connection.get(operation), 200).body());
        if (now.path("state").asText().equals("succeeded")) {
          return;
        }
        if (!now.path("state").asText().equals("running")) {
          throw new IOException("The module " + module + " was not installed: " + now);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IOException("The module " + module + " was not installed in time");
  }

  Connection connect() {
    return new Connection(port, headers);
  }

  /**
   * @throws IOException with what the answer says, when it has another status
   */
  static Connection.Answer check(Connection.Answer answer, int status) throws IOException {
    if (answer.status() != status) {
      String body = answer.text();
      throw new IOException(
          answer.status() + " " + body.substring(0, Math.min(300, body.length())));
    }
    return answer;
  }

  /** What all clients have: a connection, and a random of their own that repeats in every run. */
  abstract static class Client implements Load.Client {
    final Connection connection;
    final Random random;

    Client(Session session, int number) {
      this.connection = session.connect();
      this.random = new Random(number);
    }

    /** Reads something that must be there. */
    final void get(String path) throws IOException {
      check(connection.get(path), 200);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
