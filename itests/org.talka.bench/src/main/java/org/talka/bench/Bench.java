/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the distribution and, in the same run on the same machine, the limits it is held
 * against: a bare servlet and durable inserts. See {@link Options#USAGE}.
 */
public final class Bench {
  /** A million documents are indexed before the server is ready. */
  private static final Duration PATIENCE = Duration.ofMinutes(60);

  /**
   * The JIT compiler needs many thousands of requests, which one client alone takes long to bring.
   */
  private static final int WARM_UP_CLIENTS = 8;

  private final Options options;
  private final Path archive;
  private final PrintStream out;
  private final Load load;
  private final List<Measurement> measured = new ArrayList<>();
  private final Map<String, Long> memory = new LinkedHashMap<>();

  private Bench(Options options, Path archive, PrintStream out) {
    this.options = options;
    this.archive = archive;
    this.out = out;
    this.load = new Load(options.seconds());
  }

  /** See {@link Options#USAGE}. The system property talka.distribution names the archive. */
  public static void main(String... args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    if (args.length == 1 && List.of("--help", "-h").contains(args[0])) {
      out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path archive = Path.of(System.getProperty("talka.distribution", "talka.tar.gz"));
    if (!Files.isRegularFile(archive)) {
      System.err.println("There is no distribution at " + archive + ": build it first.");
      System.exit(2);
      return;
    }
    Report report = new Bench(options, archive, out).run();
    report.write(options.out());
    out.println();
    out.print(report.markdown());
    out.println("\nWritten to " + options.out());
  }

  private Report run() throws Exception {
    Path work = Files.createTempDirectory("talka-bench");
    try (Engine engine = Engine.open(options.postgres(), work)) {
      Files.createDirectories(work.resolve("data"));
      if (options.parts().contains(Part.DESK)) {
        limits(engine);
      }
      parts(engine, work);
    } finally {
      remove(work);
    }
    return new Report(
        machine(),
        options.postgres() ? "PostgreSQL" : "Derby",
        options.seconds(),
        List.copyOf(measured),
        memory,
        Verdict.of(measured, options));
  }

  private void limits(Engine engine) throws Exception {
    RawInserts inserts = new RawInserts(engine);
    for (int clients : options.clients()) {
      say(BareServlet.measure(load, clients));
      say(inserts.measure(load, clients));
    }
  }

  private void parts(Engine engine, Path work) throws Exception {
    try (Server server = new Server(archive, work, engine.environment(), PATIENCE)) {
      out.println("Starting an empty desk …");
      server.start();
      for (Part part : options.parts()) {
        switch (part) {
          case DESK -> desk(engine, server);
          case KNOWLEDGE -> knowledge(engine, server);
          case CMDB -> cmdb(engine, server);
        }
      }
    }
  }

  private void desk(Engine engine, Server server) throws Exception {
    for (int size : options.sizes()) {
      server.stop();
      TicketLoader.Keys keys = fill(engine, server, size);
      server.start();
      measure(new Desk(new Session(server.port()), keys).scenarios(), size);
      memory.put("%,d tickets".formatted(size), server.residentMegabytes());
    }
  }

  private void knowledge(Engine engine, Server server) throws Exception {
    Articles articles = new Articles(options.articles());
    new Session(server.port()).install("knowledge");
    server.stop();
    out.printf("Loading %,d articles …%n", options.articles());
    behind(engine, articles::fill);
    server.start();
    Session session = new Session(server.port());
    articles.await(session, PATIENCE);
    measure(articles.scenarios(session), options.articles());
    memory.put("%,d articles".formatted(options.articles()), server.residentMegabytes());
  }

  private void cmdb(Engine engine, Server server) throws Exception {
    Items items = new Items(options.items());
    Session first = new Session(server.port());
    first.install("cmdb");
    say(items.load(first, false));
    say(items.load(first, true));
    server.stop();
    behind(engine, items::relate);
    server.start();
    measure(items.scenarios(new Session(server.port())), options.items());
    memory.put("%,d items".formatted(options.items()), server.residentMegabytes());
  }

  private interface Filling {
    void fill(Connection connection) throws SQLException;
  }

  /** Fills tables of the stopped server. */
  private static void behind(Engine engine, Filling filling) throws SQLException {
    try (Connection connection = engine.desk()) {
      filling.fill(connection);
    } finally {
      engine.release();
    }
  }

  private void measure(List<Scenario> scenarios, int size) throws Exception {
    for (Scenario scenario : scenarios) {
      measure(scenario, size);
    }
  }

  private void measure(Scenario scenario, int size) throws Exception {
    int seconds = load.settle(WARM_UP_CLIENTS, options.warmUp(), scenario.clients());
    out.printf("%-20s settled after %d s%n", scenario.name(), seconds);
    for (int clients : options.clients()) {
      say(load.run(scenario.name(), size, clients, scenario.clients()));
    }
  }

  /** Loads tickets behind the stopped server's back, and has it index them at the next start. */
  private TicketLoader.Keys fill(Engine engine, Server server, int size) throws SQLException {
    out.printf("Loading up to %,d tickets …%n", size);
    TicketLoader.Keys keys;
    try (Connection connection = engine.desk()) {
      keys = new TicketLoader(connection).fillUpTo(size);
    } finally {
      engine.release();
    }
    remove(server.data().resolve("search"));
    return keys;
  }

  private void say(Measurement m) {
    measured.add(m);
    out.printf(
        "%-20s %,10d records %4d clients %,10.0f/s   p50 %.2f ms, p95 %.2f ms, p99 %.2f ms%s%n",
        m.scenario(),
        m.records(),
        m.clients(),
        m.perSecond(),
        m.p50Millis(),
        m.p95Millis(),
        m.p99Millis(),
        m.errors() == 0 ? "" : ", " + m.errors() + " errors: " + m.firstError());
  }

  private static Map<String, Object> machine() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processors", runtime.availableProcessors());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.version"));
    return machine;
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be removed", e);
    }
  }
}
