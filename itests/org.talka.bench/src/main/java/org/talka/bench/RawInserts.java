/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The most that this machine can store durably in this engine: one row as long as a ticket's, one
 * commit, nothing else.
 */
final class RawInserts {
  private final Engine engine;
  private final AtomicLong ids = new AtomicLong();

  RawInserts(Engine engine) throws SQLException {
    this.engine = engine;
    try (Connection connection = engine.raw();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table raw_ticket (id bigint not null primary key, ticket_key varchar(30) not null"
              + " unique, subject varchar(250), description varchar(2000), created_at timestamp)");
    }
  }

  Measurement measure(Load load, int clients) throws Exception {
    return load.run("raw insert", 0, clients, Inserter::new);
  }

  private final class Inserter implements Load.Client {
    private final Connection connection;
    private final PreparedStatement insert;
    private final Random random;

    Inserter(int number) throws SQLException {
      this.connection = engine.raw();
      connection.setAutoCommit(false);
      this.insert = connection.prepareStatement("insert into raw_ticket values (?, ?, ?, ?, ?)");
      this.random = new Random(number);
    }

    @Override
    public void operate() throws SQLException {
      long id = ids.incrementAndGet();
      insert.setLong(1, id);
      insert.setString(2, "INC-" + id);
      insert.setString(3, Words.subject(random, id));
      insert.setString(4, Words.description(random));
      insert.setTimestamp(5, Timestamp.from(Instant.now()));
      insert.executeUpdate();
      connection.commit();
    }

    @Override
    public void close() throws SQLException {
      connection.rollback();
      connection.close();
    }
  }
}
