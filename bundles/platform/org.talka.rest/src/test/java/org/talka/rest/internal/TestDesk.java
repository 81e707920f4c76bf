/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;
import org.talka.rest.internal.application.TestApplication;
import org.talka.rest.internal.door.FrontDoor;
import org.talka.rest.internal.door.Traffic;
import org.talka.rest.internal.idempotency.Idempotency;
import org.talka.rest.internal.problem.Problems;
import org.talka.security.OpenPortal;

/** The front door and one application in a bare servlet container, reached over a socket. */
public final class TestDesk implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public final FakeAuthentication authentication = new FakeAuthentication();
  public final FakeCallers callers = new FakeCallers();

  /** Whether visitors see the portal. */
  public volatile boolean portal;

  /** The addresses of visitors who searched; after two nobody may. */
  public final List<String> searches = new java.util.concurrent.CopyOnWriteArrayList<>();

  private final class Portal implements OpenPortal {
    @Override
    public boolean open() {
      return portal;
    }

    @Override
    public void search(String address) {
      if (searches.size() >= 2) {
        throw new DomainException(
            ErrorKind.TOO_MANY, Text.of("error.rest.busy"), List.of(), Duration.ofSeconds(7));
      }
      searches.add(address);
    }
  }

  private final Server server = new Server();
  private final ServerConnector connector;

  public TestDesk(Idempotency idempotency, Object... resources) {
    HttpConfiguration configuration = new HttpConfiguration();
    // let everything through, so that the front door itself is tried
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
    server.addConnector(connector);
    Problems problems = new Problems(new Words());
    FrontDoor door =
        new FrontDoor(
            authentication,
            callers,
            problems,
            new NoDeclarations(),
            idempotency,
            new Traffic(),
            configuration("desk.example"));
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.addFilter(
        new FilterHolder((Filter) door), "/*", EnumSet.allOf(jakarta.servlet.DispatcherType.class));
    HttpServlet application =
        TestApplication.servlet(problems, callers, new Portal(), List.of(resources));
    context.addServlet(new ServletHolder(application), "/api/v1/*");
    server.setHandler(context);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return connector.getLocalPort();
  }

  /** An answer as it came over the wire. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError(status + " is no JSON: " + body, e);
      }
    }
  }

  /** Sends a request as it is; a client library would mend what is to be tried. */
  public Answer send(String method, String target, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!headers.containsKey("Host")) {
      head.append("Host: localhost:").append(connector.getLocalPort()).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0 && !headers.containsKey("Transfer-Encoding")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    try (Socket socket = new Socket("127.0.0.1", connector.getLocalPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      try {
        out.write(body);
        out.flush();
      } catch (IOException refusedEarly) {
        // the answer says why
      }
      return answer(socket.getInputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Sends a POST of unannounced length. */
  public Answer sendChunks(String target, Map<String, String> headers, int length) {
    byte[] chunk = ("400\r\n" + " ".repeat(0x400) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int sent = 0; sent < length; sent += 0x400) {
      body.writeBytes(chunk);
    }
    body.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return send("POST", target, headers, body.toByteArray());
  }

  public Answer get(String target, Map<String, String> headers) {
    return send("GET", target, headers, new byte[0]);
  }

  public Answer post(String target, Map<String, String> headers, String json) {
    Map<String, String> all = new java.util.LinkedHashMap<>(headers);
    all.putIfAbsent("Content-Type", "application/json");
    return send("POST", target, all, json.getBytes(StandardCharsets.UTF_8));
  }

  public static Map<String, String> token() {
    return Map.of("Authorization", "Bearer " + FakeAuthentication.TOKEN);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("no answer: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new java.util.HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] parts = lines[i].split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].trim());
    }
    byte[] body = java.util.Arrays.copyOfRange(all, end + 4, all.length);
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = dechunked(body);
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ")[1]),
        headers,
        new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] dechunked(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int line = at;
      while (body[line] != '\r') {
        line++;
      }
      int size = Integer.parseInt(new String(body, at, line - at, StandardCharsets.US_ASCII), 16);
      out.write(body, line + 2, size);
      at = line + 2 + size + 2;
      if (size == 0) {
        break;
      }
    }
    return out.toByteArray();
  }

  private static FrontDoor.Configuration configuration(String host) {
    return new FrontDoor.Configuration() {
      @Override
      public String[] hosts() {
        return new String[] {host};
      }

      @Override
      public Class<? extends java.lang.annotation.Annotation> annotationType() {
        return FrontDoor.Configuration.class;
      }
    };
  }

  private static final class NoDeclarations implements Declarations {
    @Override
    public List<ModuleDescriptor> current() {
      return List.of();
    }

    @Override
    public long generation() {
      return 1;
    }

    @Override
    public Map<String, String> words(Locale locale) {
      return Map.of();
    }

    @Override
    public List<Locale> languages() {
      return List.of(Locale.ENGLISH, Locale.forLanguageTag("lv"));
    }
  }
}
