/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;
import org.talka.rest.internal.door.RequestFacts;
import org.talka.rest.internal.problem.Problem;
import org.talka.rest.internal.problem.Problems;

/** The place of an application in the address space; behind it generations follow each other. */
final class ApplicationServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** How long a request waits for what serves it. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Problem SWITCHING =
      Problem.of(
          new DomainException(
              ErrorKind.UNAVAILABLE,
              Text.of("error.rest.module-switching"),
              List.of(),
              Duration.ofSeconds(1)));

  private final transient Problems problems;
  private final transient Runnable initialised;
  private final transient Runnable whole;
  private final transient CountDownLatch first = new CountDownLatch(1);
  private transient volatile Generation current;

  /**
   * @param initialised told when an HTTP service takes the servlet, for the first time or again
   * @param whole returns when the application has all its resources: each request asks it before
   */
  ApplicationServlet(Problems problems, Runnable initialised, Runnable whole) {
    this.problems = problems;
    this.initialised = initialised;
    this.whole = whole;
  }

  @Override
  public void init() {
    initialised.run();
  }

  @Override
  public void destroy() {
    close();
  }

  boolean isServing() {
    return current != null;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    whole.run();
    Generation generation = enter();
    if (generation == null) {
      problems.send(
          SWITCHING, Locale.ENGLISH, request, response, RequestFacts.correlationId(request));
      return;
    }
    try {
      generation.serve(request, response);
    } finally {
      generation.leave();
    }
  }

  /** Puts a generation in service; requests do not notice. */
  void follow(Generation next) {
    Generation before = current;
    current = next;
    first.countDown();
    if (before != null) {
      before.retire();
    }
  }

  void close() {
    follow(null);
  }

  /** The generation that serves one more request; null when there is none. */
  private Generation enter() {
    awaitTheFirst();
    for (Generation generation = current; generation != null; generation = current) {
      if (generation.enter()) {
        return generation;
      }
    }
    return null;
  }

  /** The path is taken a moment before its application is built. */
  private void awaitTheFirst() {
    if (first.getCount() > 0) {
      try {
        first.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
