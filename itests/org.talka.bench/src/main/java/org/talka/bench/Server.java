/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The distribution as its own process on a data folder that is thrown away. */
final class Server implements AutoCloseable {
  static final String PASSWORD = "Bench-desk-4-measuring";

  private final Path home;
  private final Path data;
  private final Map<String, String> environment;
  private final Duration patience;
  private Process process;
  private int port;

  /**
   * @param patience how long a start may take, filling the search index included
   */
  Server(Path archive, Path work, Map<String, String> environment, Duration patience)
      throws IOException, InterruptedException {
    this.home = work.resolve("talka");
    this.data = work.resolve("data");
    this.environment = environment;
    this.patience = patience;
    Files.createDirectories(home);
    Process tar =
        new ProcessBuilder(
                "tar", "xzf", archive.toString(), "--strip-components=1", "-C", home.toString())
            .inheritIO()
            .start();
    if (tar.waitFor() != 0) {
      throw new IOException(archive + " can't be unpacked");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "end-server"));
  }

  /** Starts and waits until it is ready, its search index filled. */
  void start() throws IOException, InterruptedException {
    Files.createDirectories(data);
    port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("bin/talka-server").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("TALKA_DATA", data.toString());
    builder.environment().put("TALKA_HTTP_PORT", String.valueOf(port));
    builder.environment().put("TALKA_SSH_PORT", String.valueOf(freePort()));
    builder.environment().put("TALKA_ADMIN_PASSWORD", PASSWORD);
    process = builder.start();
    long end = System.nanoTime() + patience.toNanos();
    String last = "no answer";
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new IOException("The server ended while starting:\n" + tail());
      }
      try (Connection connection = new Connection(port, "")) {
        Connection.Answer answer = connection.get("/health/ready");
        if (answer.status() == 200) {
          return;
        }
        last = answer.status() + " " + answer.text();
      } catch (IOException notYet) {
        last = notYet.toString();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new IOException(
        "The server was not ready within " + patience + " (" + last + "):\n" + tail());
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      kill();
      process.waitFor();
    }
  }

  private void kill() {
    if (process != null && process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  int port() {
    return port;
  }

  Path data() {
    return data;
  }

  /** Memory in RAM, in megabytes; 0 where the system does not tell. */
  long residentMegabytes() {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException noSuchFile) {
      return 0;
    }
  }

  private Path console() {
    return data.resolveSibling("console.txt");
  }

  private String tail() throws IOException {
    String text = Files.readString(console());
    return text.substring(Math.max(0, text.length() - 4_000));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null && process.isAlive()) {
      stop();
    }
  }
}
