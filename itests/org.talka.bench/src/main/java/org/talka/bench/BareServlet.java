/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The most that this machine can read from this Jetty: a servlet that answers with a ticket's worth
 * of bytes and does nothing else, in a JVM of its own with the desk's options.
 */
final class BareServlet extends HttpServlet implements Load.Client {
  private static final long serialVersionUID = 1L;
  private static final byte[] BODY =
      ("{\"key\":\"INC-000123\",\"description\":\"" + "x".repeat(900) + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  private final transient Connection connection;

  private BareServlet(int port) {
    this.connection = new Connection(port, "");
  }

  /**
   * The server's side.
   *
   * @param args the port
   */
  public static void main(String... args) throws Exception {
    org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new BareServlet(0)), "/*");
    server.setHandler(context);
    server.start();
    // ends with the process that started it, however that ends
    System.in.transferTo(OutputStream.nullOutputStream());
    server.stop();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json");
    response.setContentLength(BODY.length);
    response.getOutputStream().write(BODY);
  }

  @Override
  public void operate() throws IOException {
    int status = connection.get("/").status();
    if (status != 200) {
      throw new IOException("Status " + status);
    }
  }

  @Override
  public void close() {
    connection.close();
  }

  /** Measures it with so many clients. */
  static Measurement measure(Load load, int clients) throws Exception {
    int port = Server.freePort();
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                BareServlet.class.getName(),
                String.valueOf(port))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await(port, process);
      return load.run("bare servlet", 0, clients, n -> new BareServlet(port));
    } finally {
      process.destroy();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static void await(int port, Process process) throws InterruptedException {
    IOException last = new IOException("No answer");
    for (int attempt = 0; attempt < 300 && process.isAlive(); attempt++) {
      try (Connection connection = new Connection(port, "")) {
        connection.get("/");
        return;
      } catch (IOException notYet) {
        last = notYet;
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new UncheckedIOException("The bare servlet does not answer", last);
  }
}
