/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The distribution as its own process, started as a user would: for crashes and restarts. */
final class TalkaProcess implements RunningTalka, AutoCloseable {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final Path home;
  private final Path data;
  private final Map<String, String> environment;
  private final int port = freePort();
  private final int sshPort = freePort();
  private boolean administrator = true;
  private Process process;

  /** A desk that waits to be set up: the one-time link is in the data folder. */
  static TalkaProcess withoutAdministrator(Path home, Path data) {
    TalkaProcess talka = new TalkaProcess(home, data, Map.of());
    talka.administrator = false;
    return talka;
  }

  /**
   * @param home an unpacked distribution
   * @param environment what else to set, for example the database
   */
  TalkaProcess(Path home, Path data, Map<String, String> environment) {
    this.home = home;
    this.data = data;
    this.environment = environment;
  }

  /** Starts and waits until it is ready. */
  TalkaProcess start() {
    try {
      Files.createDirectories(data);
      ProcessBuilder builder =
          new ProcessBuilder(home.resolve("bin/talka-server").toString())
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(data.resolve("console.txt").toFile()));
      builder.environment().put("TALKA_DATA", data.toString());
      builder.environment().put("TALKA_HTTP_PORT", String.valueOf(port));
      builder.environment().put("TALKA_SSH_PORT", String.valueOf(sshPort));
      if (administrator) {
        builder.environment().put("TALKA_ADMIN_PASSWORD", PASSWORD);
      }
      builder.environment().putAll(environment);
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Api api = anonymous();
    Wait.that(
        "the server on " + data + " is ready",
        Duration.ofSeconds(90),
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the server ended: see " + data.resolve("console.txt"));
          }
          try {
            return api.get("/health/ready").status() == 200;
          } catch (UncheckedIOException e) {
            return false;
          }
        });
    return this;
  }

  /** Runs a command of the console, which comes up a little later than the desk. */
  Process console(String command) {
    try {
      return new ProcessBuilder(
              "ssh",
              "-p",
              String.valueOf(sshPort),
              "-i",
              data.resolve("keys/console").toString(),
              "-o",
              "StrictHostKeyChecking=no",
              "-o",
              "UserKnownHostsFile=/dev/null",
              "-o",
              "LogLevel=ERROR",
              "-o",
              "ConnectionAttempts=30",
              "admin@127.0.0.1",
              command)
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What all threads of the server do now. */
  String threads() {
    return tool("jstack", String.valueOf(process.pid()));
  }

  /** Asks the server's JVM something. */
  String jcmd(String command) {
    return tool("jcmd", String.valueOf(process.pid()), command);
  }

  private static String tool(String name, String... arguments) {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    command.addAll(java.util.List.of(arguments));
    try {
      Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(
          tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the kernel would end it when memory runs out: no goodbye. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    await();
  }

  /** As an administrator would end it. */
  void stop() {
    process.destroy();
    await();
  }

  /** Waits for the end of a server that ends by itself. */
  void awaitEnd() {
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("the server did not end within 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public String adminPassword() {
    return PASSWORD;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      kill();
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
