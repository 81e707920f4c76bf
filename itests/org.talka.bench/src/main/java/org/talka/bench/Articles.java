/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import static org.talka.bench.Session.API;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Articles of the module {@code knowledge}: what is suggested while somebody types, what is found,
 * read and listed. They are put into its tables while the server is stopped, all of them published.
 */
final class Articles {
  private static final int BATCH = 500;
  private static final long NEVER = 99_999_999;
  private static final List<String> AUDIENCES = List.of("agents", "people", "public");

  private final int count;
  private final Vocabulary vocabulary = new Vocabulary();

  Articles(int count) {
    this.count = count;
  }

  /** Fills the tables of the module, which has been installed. */
  void fill(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    Random random = new Random(42);
    Timestamp now = Timestamp.from(Instant.now().truncatedTo(ChronoUnit.MICROS));
    try (PreparedStatement article =
            connection.prepareStatement(
                "insert into knowledge_article (id, kind, audience, teams, language, title, state,"
                    + " published_number, working_number, working_state, last_number, review_due,"
                    + " valid_from, valid_until, source_number, validated, created_at, updated_at,"
                    + " version) values (?, 'how-to', ?, '', ?, ?, 'published', 1, 0, '', 1, ?, 0,"
                    + " ?, 0, false, ?, ?, 1)");
        PreparedStatement version =
            connection.prepareStatement(
                "insert into knowledge_version (article_id, number, stage, title, summary, body,"
                    + " keywords, based_on, writers, author_name, created_at, changed_at,"
                    + " published_at) values (?, 1, 'published', ?, ?, ?, ?, 0, '', 'admin', ?, ?,"
                    + " ?)")) {
      for (int id = 1; id <= count; id++) {
        String title = title(random, id);
        add(
            article,
            id,
            AUDIENCES.get(id % 3),
            id % 2 == 0 ? "en" : "lv",
            title,
            NEVER,
            NEVER,
            now,
            now);
        add(
            version,
            id,
            title,
            vocabulary.text(random, 14),
            vocabulary.text(random, 200 + random.nextInt(200)),
            vocabulary.text(random, 4),
            now,
            now,
            now);
        if (id % BATCH == 0 || id == count) {
          article.executeBatch();
          version.executeBatch();
          connection.commit();
        }
      }
    }
  }

  private String title(Random random, int id) {
    return vocabulary.text(random, 6) + (id == count ? " " + last() : "");
  }

  /** A word of the last article alone: once it is found, all are. */
  private String last() {
    return "zzlast" + count;
  }

  private static void add(PreparedStatement row, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      row.setObject(i + 1, values[i]);
    }
    row.addBatch();
  }

  /** Waits until the index has all of them. */
  void await(Session session, Duration most) throws IOException, InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    try (org.talka.bench.Connection connection = session.connect()) {
      String path = API + "/knowledge/articles?limit=1&q=" + last();
      while (System.nanoTime() < end) {
        org.talka.bench.Connection.Answer answer = connection.get(path);
        if (answer.status() == 200 && answer.text().contains(last())) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    }
    throw new IOException("The articles were not in the index within " + most);
  }

  List<Scenario> scenarios(Session session) {
    return List.of(
        new Scenario("article suggestion", number -> new Typist(session, number)),
        new Scenario("article search", number -> new Searcher(session, number)),
        new Scenario("article", number -> new Reader(session, number)),
        new Scenario("article list", number -> new Browser(session, number)));
  }

  /** Asks with every few letters of a question. */
  private final class Typist extends Session.Client {
    private String question = "";
    private int typed;

    Typist(Session session, int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      typed += 1 + random.nextInt(4);
      if (typed > question.length()) {
        question = vocabulary.typed(random, 3 + random.nextInt(8));
        typed = 3;
      }
      get(API + "/knowledge/suggestions?text=" + encoded(question.substring(0, typed)));
    }
  }

  private final class Searcher extends Session.Client {
    Searcher(Session session, int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      get(API + "/knowledge/articles?limit=50&q=" + encoded(vocabulary.typed(random, 2)));
    }
  }

  private final class Reader extends Session.Client {
    Reader(Session session, int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      int id = 1 + random.nextInt(count);
      get(String.format(Locale.ROOT, API + "/knowledge/articles/KB-%06d", id));
    }
  }

  private static final class Browser extends Session.Client {
    Browser(Session session, int number) {
      super(session, number);
    }

    @Override
    public void operate() throws IOException {
      get(API + "/knowledge/articles?limit=50");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
