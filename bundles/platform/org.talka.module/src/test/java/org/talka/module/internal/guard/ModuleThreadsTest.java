/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleThreadsTest {
  private static final Map<String, String> PACKAGES =
      Map.of("com.example.a", "a", "com.example.b", "b");

  private final Map<Thread, StackTraceElement[]> all = new HashMap<>();

  private static StackTraceElement jdk(String type) {
    return new StackTraceElement(null, "java.base", "17", type, "run", null, 1);
  }

  private static StackTraceElement code(String type) {
    return new StackTraceElement(type, "run", null, 1);
  }

  private void thread(String name, StackTraceElement... fromTheTop) {
    all.put(new Thread(name), fromTheTop);
  }

  @Test
  void aThreadIsOfTheModuleWhoseCodeItBeganWith() {
    thread(
        "of a",
        jdk("java.lang.Object"),
        code("com.example.b.X"),
        code("com.example.a.Y"),
        jdk("java.lang.Thread"));
    thread("of b", code("com.example.b.X"), jdk("java.lang.Thread"));
    assertEquals(
        Map.of("a", List.of("of a"), "b", List.of("of b")), ModuleThreads.by(all, PACKAGES));
  }

  @Test
  void aRequestThatIsInsideAModuleIsTheDesks() {
    thread(
        "request", code("com.example.a.X"), code("org.eclipse.jetty.Y"), jdk("java.lang.Thread"));
    thread("idle", jdk("java.lang.Object"), jdk("java.lang.Thread"));
    assertEquals(Map.of(), ModuleThreads.by(all, PACKAGES));
  }
}
