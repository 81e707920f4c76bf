/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The database engine: how the server and the benchmark itself reach a database of it. */
interface Engine extends AutoCloseable {
  /** What the server needs in its environment. */
  Map<String, String> environment();

  /** A connection to the desk's database; with Derby only while the server is stopped. */
  Connection desk() throws SQLException;

  /** A connection to a database beside it, for inserts without a desk. */
  Connection raw() throws SQLException;

  /** Lets go of what {@link #desk} opened, so that the server can have it. */
  void release();

  @Override
  void close() throws IOException;

  static Engine open(boolean postgres, Path work) throws IOException {
    return postgres ? new Postgres(work) : new Derby(work);
  }

  /** In the data folder, with the settings that the desk gives it. */
  final class Derby implements Engine {
    private final Path desk;
    private final Path raw;

    Derby(Path work) {
      this.desk = work.resolve("data").resolve("db");
      this.raw = work.resolve("raw");
      System.setProperty("derby.stream.error.file", work.resolve("derby.log").toString());
      System.setProperty("derby.storage.pageCacheSize", "4000");
      System.setProperty("derby.locks.escalationThreshold", "200000");
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public Connection desk() throws SQLException {
      return DriverManager.getConnection("jdbc:derby:" + desk);
    }

    @Override
    public Connection raw() throws SQLException {
      return DriverManager.getConnection("jdbc:derby:" + raw + ";create=true");
    }

    @Override
    public void release() {
      shutDown(desk);
    }

    @Override
    public void close() {
      shutDown(raw);
    }

    private static void shutDown(Path database) {
      try {
        DriverManager.getConnection("jdbc:derby:" + database + ";shutdown=true").close();
      } catch (SQLException saysThatItIsDown) {
        // Derby answers a shut-down with an exception, success included
      }
    }
  }

  /** A server of its own, as durable as PostgreSQL is by default. */
  final class Postgres implements Engine {
    private final EmbeddedPostgres server;

    Postgres(Path work) throws IOException {
      this.server =
          EmbeddedPostgres.builder()
              .setDataDirectory(work.resolve("postgres"))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("shared_buffers", "256MB")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .start();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("create database talka");
        statement.execute("create database raw");
      } catch (SQLException e) {
        throw new IOException("PostgreSQL has started but refuses to create a database", e);
      }
    }

    @Override
    public Map<String, String> environment() {
      return Map.of(
          "TALKA_DB_URL",
          url("talka"),
          "TALKA_DB_USER",
          "postgres",
          "TALKA_DB_PASSWORD",
          "postgres");
    }

    private String url(String database) {
      return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database;
    }

    @Override
    public Connection desk() throws SQLException {
      return DriverManager.getConnection(url("talka"), "postgres", "postgres");
    }

    @Override
    public Connection raw() throws SQLException {
      return DriverManager.getConnection(url("raw"), "postgres", "postgres");
    }

    @Override
    public void release() {
      // connections are closed by whoever opened them
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
