/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.talka.api.security.Audit;
import org.talka.api.security.Caller;
import org.talka.security.internal.people.CurrentCaller;

/** Which refusals are written down. */
class RefusalFilterTest {
  private final CurrentCaller callers = new CurrentCaller();
  private final List<String> entries = new ArrayList<>();
  private final Audit audit =
      new Audit() {
        @Override
        public void record(String action, String object, Map<String, String> details) {
          throw new AssertionError("a refusal's own transaction is rolled back");
        }

        @Override
        public void recordAlways(String action, String object, Map<String, String> details) {
          entries.add(callers.current().username() + " " + action + " " + object + " " + details);
        }
      };
  private final RefusalFilter filter = new RefusalFilter(callers, audit);

  @Test
  void writesDownAWriteThatIsRefused() {
    request("POST", 403);
    assertEquals(List.of("ilze access.refused api:/api/v1/users {method=POST}"), entries);
  }

  @Test
  void leavesReadsAndOtherAnswersAlone() {
    request("GET", 403);
    request("POST", 201);
    request("PATCH", 422);
    assertEquals(List.of(), entries);
  }

  @Test
  void isNotFlooded() {
    for (int i = 0; i < 500; i++) {
      request("DELETE", 403);
    }
    assertEquals(20, entries.size());
  }

  private void request(String method, int status) {
    HttpServletRequest request =
        proxy(
            HttpServletRequest.class,
            Map.of("getMethod", method, "getRequestURI", "/api/v1/users"));
    HttpServletResponse response = proxy(HttpServletResponse.class, Map.of("getStatus", status));
    FilterChain chain = (in, out) -> {};
    callers.as(
        proxy(Caller.class, Map.of("kind", Caller.Kind.PERSON, "username", "ilze")),
        () -> {
          try {
            filter.doFilter(request, response, chain);
            return null;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }
}
