/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.rest.Open;
import org.talka.rest.internal.FakeCallers;
import org.talka.rest.internal.Words;
import org.talka.rest.internal.problem.Problems;

class GenerationTest {
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final TestApplication application =
      new TestApplication(new Problems(new Words()), new FakeCallers(), () -> {});
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  /** The old version of a resource: it lets one request wait. */
  @Path("version")
  @Open
  public static class Old {
    private final CountDownLatch inside;
    private final CountDownLatch go;

    public Old(CountDownLatch inside, CountDownLatch go) {
      this.inside = inside;
      this.go = go;
    }

    @GET
    public String version() throws InterruptedException {
      inside.countDown();
      go.await(10, TimeUnit.SECONDS);
      return "old";
    }
  }

  /** The new version. */
  @Path("version")
  @Open
  public static class New {
    @GET
    public String version() {
      return "new";
    }
  }

  @BeforeEach
  void start() throws Exception {
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(application.servlet());
    holder.setInitOrder(0);
    context.addServlet(holder, "/api/v1/*");
    server.setHandler(context);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void aNewGenerationServesAtOnceWhileTheOldOneFinishes() throws Exception {
    application.follow(List.of(new Old(inside, go)), ended::countDown);
    CompletableFuture<HttpResponse<String>> slow = get();
    assertTrue(inside.await(10, TimeUnit.SECONDS));
    application.follow(List.of(new New()), () -> {});
    assertEquals("new", get().get(10, TimeUnit.SECONDS).body());
    assertEquals(1, ended.getCount(), "a request is still inside");
    go.countDown();
    assertEquals("old", slow.get(10, TimeUnit.SECONDS).body());
    assertTrue(ended.await(10, TimeUnit.SECONDS), "the old resources are given back");
  }

  @Test
  void aRequestWaitsForTheFirstGeneration() throws Exception {
    CompletableFuture<HttpResponse<String>> early = get();
    application.follow(List.of(new New()), () -> {});
    assertEquals("new", early.get(10, TimeUnit.SECONDS).body());
  }

  @Test
  void aRequestWaitsUntilTheApplicationIsWhole() throws Exception {
    application.follow(List.of(), () -> {});
    assertEquals(404, get().get(10, TimeUnit.SECONDS).statusCode());
    application.whole = () -> application.follow(List.of(new New()), () -> {});
    assertEquals("new", get().get(10, TimeUnit.SECONDS).body());
  }

  @Test
  void aClosedApplicationSaysWhenToTryAgain() throws Exception {
    application.follow(List.of(new New()), () -> {});
    application.close();
    HttpResponse<String> answer = get().get(10, TimeUnit.SECONDS);
    assertEquals(503, answer.statusCode());
    assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    assertEquals(
        "application/problem+json", answer.headers().firstValue("Content-Type").orElse(""));
  }

  private CompletableFuture<HttpResponse<String>> get() {
    URI uri = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/api/v1/version");
    return HttpClient.newHttpClient()
        .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
