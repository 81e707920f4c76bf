/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import java.util.List;
import org.osgi.framework.ServiceObjects;
import org.talka.api.security.Callers;
import org.talka.rest.internal.problem.Problems;
import org.talka.security.OpenPortal;

/** Puts resource objects in service as the host does, without a service registry. */
public final class TestApplication {
  private final Recipe recipe;
  private final ApplicationServlet servlet;

  /** What a request waits for. */
  volatile Runnable whole = () -> {};

  public TestApplication(Problems problems, Callers callers, Runnable initialised) {
    this(problems, callers, () -> false, initialised);
  }

  TestApplication(Problems problems, Callers callers, OpenPortal portal, Runnable initialised) {
    recipe = new Recipe(problems, callers, portal);
    servlet = new ApplicationServlet(problems, initialised, () -> whole.run());
  }

  public static HttpServlet servlet(
      Problems problems, Callers callers, OpenPortal portal, List<Object> resources) {
    TestApplication[] application = new TestApplication[1];
    application[0] =
        new TestApplication(
            problems, callers, portal, () -> application[0].follow(resources, () -> {}));
    return application[0].servlet();
  }

  public HttpServlet servlet() {
    return servlet;
  }

  /**
   * A new generation.
   *
   * @param ended told when the generation gives its resources back
   */
  public void follow(List<Object> resources, Runnable ended) {
    try {
      servlet.follow(
          Generation.start(
              recipe.with(resources), List.of(lease(ended)), servlet.getServletConfig()));
    } catch (ServletException e) {
      throw new IllegalStateException(e);
    }
  }

  public void close() {
    servlet.close();
  }

  @SuppressWarnings("unchecked")
  private static ResourceLease lease(Runnable ended) {
    ServiceObjects<Object> objects =
        (ServiceObjects<Object>)
            Proxy.newProxyInstance(
                TestApplication.class.getClassLoader(),
                new Class<?>[] {ServiceObjects.class},
                (proxy, method, args) -> {
                  if (method.getName().equals("ungetService")) {
                    ended.run();
                  }
                  return null;
                });
    return new ResourceLease(objects, new Object());
  }
}
