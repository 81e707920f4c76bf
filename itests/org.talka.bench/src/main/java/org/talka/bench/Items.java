/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import static org.talka.bench.Session.API;
import static org.talka.bench.Session.JSON;
import static org.talka.bench.Session.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Configuration items of the module {@code cmdb}: imported by its API, twice, and related to each
 * other in its tables while the server is stopped.
 */
final class Items {
  static final String AGAIN = "import again";

  /** What one import takes at most. */
  private static final int ROWS = 5_000;

  private static final int RELATIONS_EACH = 3;
  private static final int BATCH = 1_000;
  private static final Timestamp OPEN = Timestamp.from(Instant.parse("9999-01-01T00:00:00Z"));

  private final int count;

  /** As the module numbers them. */
  private final List<Long> ids = new ArrayList<>();

  Items(int count) {
    this.count = count;
  }

  /**
   * Imports all of them.
   *
   * @param again whether they are there, so that nothing may change: what does counts as errors
   * @return rows each second, and what a request took
   */
  Measurement load(Session session, boolean again) throws IOException {
    List<Long> nanos = new ArrayList<>();
    int unlike = 0;
    try (org.talka.bench.Connection connection = session.connect()) {
      for (int from = 0; from < count; from += ROWS) {
        int rows = Math.min(ROWS, count - from);
        String body = request(from, rows);
        long began = System.nanoTime();
        JsonNode counts =
            JSON.readTree(check(connection.post(API + "/cmdb/imports", body), 200).body())
                .path("counts");
        nanos.add(System.nanoTime() - began);
        unlike += rows - counts.path(again ? "same" : "created").asInt();
      }
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Measurement(
        again ? AGAIN : "import",
        count,
        1,
        count / (Arrays.stream(sorted).sum() / 1e9),
        Load.percentile(sorted, 50),
        Load.percentile(sorted, 95),
        Load.percentile(sorted, 99),
        unlike,
        unlike == 0 ? "" : "rows that became something else");
  }

  private static String request(int from, int rows) {
    ObjectNode request = JSON.createObjectNode().put("source", "bench").put("classKey", "server");
    ArrayNode list = request.putArray("rows");
    for (int i = from; i < from + rows; i++) {
      list.addObject()
          .put("name", "srv-%06d.example.org".formatted(i))
          .put("serialNumber", "SN%08d".formatted(i))
          .put("manufacturer", i % 3 == 0 ? "Alfa" : "Beta")
          .put("model", "M" + i % 40)
          .put("ipAddress", "10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256)
          .put("operatingSystem", i % 2 == 0 ? "Debian 13" : "Debian 12");
    }
    return request.toString();
  }

  /** Items need others that stand below them, now and then any other: so there are circles. */
  void relate(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement select =
            connection.prepareStatement("select id from cmdb_item order by id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    Random random = new Random(7);
    Timestamp now = Timestamp.from(Instant.now().truncatedTo(ChronoUnit.MICROS));
    try (PreparedStatement row =
        connection.prepareStatement(
            "insert into cmdb_relation (id, type_key, source_id, target_id, valid_from, valid_to,"
                + " present, made_by, origin) values (?, 'depends-on', ?, ?, ?, ?, true, 'bench',"
                + " 'bench')")) {
      int wanted = RELATIONS_EACH * ids.size();
      for (int i = 0; i < wanted; i++) {
        int source = random.nextInt(ids.size());
        int target =
            random.nextInt(50) == 0
                ? random.nextInt(ids.size())
                : Math.max(0, source - 1 - random.nextInt(2_000));
        if (source != target) {
          row.setLong(1, i + 1L);
          row.setLong(2, ids.get(source));
          row.setLong(3, ids.get(target));
          row.setTimestamp(4, now);
          row.setTimestamp(5, OPEN);
          row.addBatch();
        }
        if (i % BATCH == BATCH - 1 || i == wanted - 1) {
          row.executeBatch();
          connection.commit();
        }
      }
    }
  }

  List<Scenario> scenarios(Session session) {
    return List.of(
        new Scenario("impact", number -> new Asker(session, number, "/impact?depth=6")),
        new Scenario("supplies", number -> new Asker(session, number, "/supplies?depth=6")),
        new Scenario("map", number -> new Asker(session, number, "/map")),
        new Scenario("item", number -> new Asker(session, number, "")));
  }

  private final class Asker extends Session.Client {
    private final String about;

    Asker(Session session, int number, String about) {
      super(session, number);
      this.about = about;
    }

    @Override
    public void operate() throws IOException {
      long id = ids.get(random.nextInt(ids.size()));
      get(String.format(Locale.ROOT, API + "/cmdb/items/CI-%06d%s", id, about));
    }
  }
}
