/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;

/**
 * Fills the desk's tables while the server is stopped: what the API would have written for as many
 * incidents, each with its history and tag, numbers taken from the desk's own series. The event log
 * knows nothing of it, so the search index has to be thrown away afterwards.
 */
final class TicketLoader {
  private static final int BATCH = 1_000;
  private static final Duration SPREAD = Duration.ofDays(730);

  /** A state, its category and how many of a hundred tickets are in it. */
  private enum State {
    NEW("new", 0, 4),
    IN_PROGRESS("in-progress", 1, 10),
    PENDING("pending", 2, 6),
    RESOLVED("resolved", 3, 20),
    CLOSED("closed", 4, 60);

    private final String key;
    private final int category;
    private final int share;

    State(String key, int category, int share) {
      this.key = key;
      this.category = category;
      this.share = share;
    }

    static State of(Random random) {
      int percent = random.nextInt(100);
      for (State state : values()) {
        percent -= state.share;
        if (percent < 0) {
          return state;
        }
      }
      return CLOSED;
    }

    boolean open() {
      return category < RESOLVED.category;
    }
  }

  /**
   * @param first the number in the first key
   * @param count how many follow one another
   */
  record Keys(long first, int count) {}

  private final Connection connection;
  private final Random random = new Random(42);

  TicketLoader(Connection connection) {
    this.connection = connection;
  }

  /**
   * Adds incidents until there are so many tickets.
   *
   * @return the incidents that it added, named by the numbers in their keys
   */
  Keys fillUpTo(int tickets) throws SQLException {
    connection.setAutoCommit(false);
    int missing = tickets - (int) number("select count(*) from tkt_ticket");
    if (missing <= 0) {
      throw new IllegalStateException("There are more than " + tickets + " tickets already");
    }
    long admin = number("select id from sec_person where username = 'admin'");
    long id = take("id", 2L * missing);
    long key = take("INC", missing);
    insert(missing, admin, id, key);
    connection.commit();
    return new Keys(key, missing);
  }

  private void insert(int count, long admin, long firstId, long firstKey) throws SQLException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    long step = SPREAD.dividedBy(count).toNanos() / 1_000;
    try (PreparedStatement ticket =
            connection.prepareStatement(
                "insert into tkt_ticket (id, ticket_key, type, module_id, subject, description,"
                    + " state, category, is_open, priority, priority_overridden, impact, urgency,"
                    + " requester_id, tags, created_at, updated_at, resolved_at, version)"
                    + " values (?, ?, 'incident', 'core', ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, 1)");
        PreparedStatement tag =
            connection.prepareStatement(
                "insert into tkt_value (ticket_id, field, val) values (?, 'tag', ?)");
        PreparedStatement history =
            connection.prepareStatement(
                "insert into tkt_history (id, ticket_id, happened_at, actor_id, actor_name, kind,"
                    + " internal_only) values (?, ?, ?, ?, 'admin', 'created', 0)")) {
      for (int n = 0; n < count; n++) {
        long id = firstId + 2L * n;
        Instant created = now.minus((count - n) * step, ChronoUnit.MICROS);
        String word = Words.tag(random);
        ticket(ticket, id, firstKey + n, admin, word, created, now);
        tag.setLong(1, id);
        tag.setString(2, word);
        tag.addBatch();
        history.setLong(1, id + 1);
        history.setLong(2, id);
        history.setTimestamp(3, Timestamp.from(created));
        history.setLong(4, admin);
        history.addBatch();
        if (n % BATCH == BATCH - 1 || n == count - 1) {
          ticket.executeBatch();
          tag.executeBatch();
          history.executeBatch();
          connection.commit();
        }
      }
    }
  }

  private void ticket(
      PreparedStatement row,
      long id,
      long key,
      long admin,
      String tag,
      Instant created,
      Instant now)
      throws SQLException {
    State state = State.of(random);
    int impact = random.nextInt(3);
    int urgency = random.nextInt(3);
    Instant updated = created.plus(random.nextInt(7 * 24 * 60), ChronoUnit.MINUTES);
    if (updated.isAfter(now)) {
      updated = now.minus(random.nextInt(60), ChronoUnit.SECONDS);
    }
    int i = 0;
    row.setLong(++i, id);
    row.setString(++i, String.format(Locale.ROOT, "INC-%06d", key));
    row.setString(++i, Words.subject(random, key));
    row.setString(++i, Words.description(random));
    row.setString(++i, state.key);
    row.setInt(++i, state.category);
    row.setInt(++i, state.open() ? 1 : 0);
    row.setInt(++i, impact + urgency);
    row.setInt(++i, impact);
    row.setInt(++i, urgency);
    row.setLong(++i, admin);
    row.setString(++i, "[\"" + tag + "\"]");
    row.setTimestamp(++i, Timestamp.from(created));
    row.setTimestamp(++i, Timestamp.from(updated));
    if (state.open()) {
      row.setNull(++i, Types.TIMESTAMP);
    } else {
      row.setTimestamp(++i, Timestamp.from(updated));
    }
    row.addBatch();
  }

  /** The first of so many numbers that the desk will not give again. */
  private long take(String series, long count) throws SQLException {
    long next = 1;
    try (PreparedStatement select =
        connection.prepareStatement("select next_number from tkt_series where name = ?")) {
      select.setString(1, series);
      ResultSet row = select.executeQuery();
      if (row.next()) {
        next = row.getLong(1);
      } else {
        series(series, 1);
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("update tkt_series set next_number = ? where name = ?")) {
      update.setLong(1, next + count);
      update.setString(2, series);
      update.executeUpdate();
    }
    return next;
  }

  private void series(String name, long next) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into tkt_series (name, next_number) values (?, ?)")) {
      insert.setString(1, name);
      insert.setLong(2, next);
      insert.executeUpdate();
    }
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("Nothing found: " + sql);
      }
      return row.getLong(1);
    }
  }
}
