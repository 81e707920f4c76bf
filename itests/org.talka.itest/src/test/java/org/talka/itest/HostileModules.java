/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

/** Modules that do harm once they run, each in its own way. */
final class HostileModules {
  private HostileModules() {}

  private static SampleModule guard(String id, String code) {
    return new SampleModule(id, "1.0.0")
        .activator(
            "java.util.Hashtable<String, Object> p = new java.util.Hashtable<>();"
                + "p.put(\"component.name\", \"Guard\");"
                + "context.registerService(org.talka.api.ticket.TicketGuard.class, c -> {"
                + code
                + "}, p);",
            "")
        .imports("org.talka.api.ticket");
  }

  /** Refuses by failing. */
  static SampleModule throwing() {
    return guard("throwing", "throw new IllegalStateException(\"on purpose\");");
  }

  /** Takes six times the time that it has. */
  static SampleModule slow() {
    return guard("slow", "java.util.concurrent.locks.LockSupport.parkNanos(300_000_000L);");
  }

  /** Begins threads that never end. */
  static SampleModule threads() {
    return guard(
        "threads",
        "for (int i = 0; i < 8; i++) {"
            + " Thread t = new Thread(() -> { while (true) {"
            + " java.util.concurrent.locks.LockSupport.park(); } }, \"left-\" + i);"
            + " t.setDaemon(true); t.start(); }");
  }

  /** Keeps a megabyte of each ticket. */
  static SampleModule memory() {
    return guard("memory", "KEPT.add(new byte[1 << 20]);")
        .field(
            "static final java.util.List<byte[]> KEPT ="
                + " java.util.Collections.synchronizedList(new java.util.ArrayList<>());");
  }

  /** Announces events without end. */
  static SampleModule flooding() {
    return new SampleModule("flooding", "1.0.0")
        .activator(
            "var events = context.getService("
                + "context.getServiceReference(org.talka.api.event.DomainEvents.class));"
                + "new Thread(() -> { while (true) { try {"
                + " events.publish(\"flooding.said\", \"flooding:1\", java.util.Map.of());"
                + " } catch (RuntimeException e) { java.util.concurrent.locks.LockSupport"
                + ".parkNanos(1000000); } } }, \"flooding\").start();",
            "")
        .imports("org.talka.api.event");
  }

  /** Ends the server. */
  static SampleModule exiting() {
    return new SampleModule("exiting", "1.0.0")
        .activator("new Thread(() -> System.exit(1), \"exiting\").start();", "");
  }
}
