/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * One set of resources in service. A changed set is a new generation; the old one serves the
 * requests it has and is closed when the last of them is done.
 */
final class Generation {
  private final ServletContainer container;
  private final List<ResourceLease> leases;

  /** Requests inside, plus one until it is retired; below one it is closed for good. */
  private final AtomicInteger users = new AtomicInteger(1);

  private Generation(ServletContainer container, List<ResourceLease> leases) {
    this.container = container;
    this.leases = leases;
  }

  static Generation start(ResourceConfig config, List<ResourceLease> leases, ServletConfig servlet)
      throws ServletException {
    ServletContainer container = new ServletContainer(config);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Jersey looks for its own parts through the thread's class loader
    thread.setContextClassLoader(ServletContainer.class.getClassLoader());
    try {
      container.init(servlet);
    } finally {
      thread.setContextClassLoader(before);
    }
    return new Generation(container, leases);
  }

  List<ResourceLease> leases() {
    return leases;
  }

  boolean enter() {
    for (int n = users.get(); n > 0; n = users.get()) {
      if (users.compareAndSet(n, n + 1)) {
        return true;
      }
    }
    return false;
  }

  void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    container.service(request, response);
  }

  void leave() {
    if (users.decrementAndGet() == 0) {
      container.destroy();
      leases.forEach(ResourceLease::end);
    }
  }

  /** Takes no more requests. */
  void retire() {
    leave();
  }
}
