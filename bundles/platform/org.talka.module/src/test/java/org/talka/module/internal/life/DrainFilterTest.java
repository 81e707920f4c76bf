/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.talka.api.security.Caller;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.module.ModuleState;
import org.talka.module.internal.store.Desired;
import org.talka.module.internal.store.ModuleRecord;
import org.talka.module.internal.text.Words;

class DrainFilterTest {
  private final RestDoors doors = new RestDoors();
  private final MemoryJournal journal = new MemoryJournal(new Doom());
  private final DrainFilter filter = new DrainFilter(doors, new Words(), new English(), journal);
  private final Map<String, Object> answer = new HashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  private boolean passes(String path) throws Exception {
    boolean[] passed = new boolean[1];
    filter.doFilter(request(path), response(), (request, response) -> passed[0] = true);
    return passed[0];
  }

  private JsonNode problem() throws Exception {
    return new ObjectMapper().readTree(body.toByteArray());
  }

  private void module(Desired desired, ModuleState state) {
    module(desired, state, Optional.empty());
  }

  private void module(Desired desired, ModuleState state, Optional<Text> reason) {
    journal.save(
        new ModuleRecord(
            "problem",
            "1.0.0",
            "d",
            "l",
            Optional.empty(),
            desired,
            state,
            Instant.EPOCH,
            reason,
            Map.of(),
            Optional.of("op")));
  }

  @Test
  void letsEverybodyPassWhoGoesElsewhereOrToAModuleThatRuns() throws Exception {
    doors.open("problem");
    assertTrue(passes("/api/v1/tickets"));
    assertTrue(passes("/api/v1/problem/known-errors"));
    assertTrue(doors.close("problem", java.time.Duration.ZERO), "nobody is counted as inside");
  }

  @Test
  void asksToComeBackWhileTheModuleIsSwitched() throws Exception {
    doors.expect("problem");
    module(Desired.ACTIVE, ModuleState.DRAINING);
    assertFalse(passes("/api/v1/problem/known-errors"));
    assertEquals(503, answer.get("setStatus"));
    assertEquals("2", answer.get("Retry-After"));
    assertEquals("urn:talka:problem:error.module.switching", problem().get("type").asText());
    assertEquals("c-1", problem().get("correlationId").asText());
  }

  @Test
  void doesNotAskToComeBackSoonToAModuleThatIsOff() throws Exception {
    doors.expect("problem");
    module(Desired.DISABLED, ModuleState.DISABLED);
    assertFalse(passes("/api/v1/problem"));
    assertEquals(503, answer.get("setStatus"));
    assertFalse(answer.containsKey("Retry-After"));
    assertEquals("urn:talka:problem:error.module.off", problem().get("type").asText());
  }

  @Test
  void saysWhyAModuleIsInQuarantine() throws Exception {
    doors.expect("problem");
    module(
        Desired.ACTIVE, ModuleState.QUARANTINED, Optional.of(Text.of("module.reason.crashLoop")));
    assertFalse(passes("/api/v1/problem"));
    assertEquals(503, answer.get("setStatus"));
    assertFalse(answer.containsKey("Retry-After"));
    assertEquals("urn:talka:problem:error.module.quarantined", problem().get("type").asText());
  }

  @Test
  void asksToComeBackWhenTheModuleHasAllItCanTake() throws Exception {
    doors.open("problem");
    for (int i = 0; i < doors.places(); i++) {
      assertTrue(doors.door("problem").enter().isPresent());
    }
    assertFalse(passes("/api/v1/problem"));
    assertEquals(503, answer.get("setStatus"));
    assertEquals("1", answer.get("Retry-After"));
    assertEquals("urn:talka:problem:error.module.full", problem().get("type").asText());
  }

  @Test
  void countsARequestThatBreaks() {
    doors.open("problem");
    assertThrows(
        IllegalStateException.class,
        () ->
            filter.doFilter(
                request("/api/v1/problem"),
                response(),
                (request, response) -> {
                  throw new IllegalStateException("broken");
                }));
    assertEquals(1, doors.report().get(0).errors());
    assertEquals(0, doors.report().get(0).inFlight());
  }

  private static HttpServletRequest request(String path) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            DrainFilterTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "getRequestURI" -> path;
                  case "isAsyncStarted" -> false;
                  case "getAttribute" -> args[0].equals("org.talka.correlation") ? "c-1" : null;
                  default -> null;
                });
  }

  private HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            DrainFilterTest.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "getOutputStream" -> {
                  return new Bytes();
                }
                case "getStatus" -> {
                  return 200;
                }
                case "setHeader" -> answer.put((String) args[0], args[1]);
                default -> answer.put(method.getName(), args[0]);
              }
              return null;
            });
  }

  private final class Bytes extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(int one) {
      body.write(one);
    }
  }

  private static final class English implements Callers {
    @Override
    public Caller current() {
      return (Caller)
          Proxy.newProxyInstance(
              DrainFilterTest.class.getClassLoader(),
              new Class<?>[] {Caller.class},
              (proxy, method, args) -> method.getName().equals("locale") ? Locale.ENGLISH : null);
    }

    @Override
    public <T> T as(Caller caller, Supplier<T> work) {
      return work.get();
    }

    @Override
    public Caller system(String moduleId) {
      return current();
    }
  }
}
