/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** kill -9 while eight clients write: what was acknowledged is there afterwards. */
class CrashTest {
  private static final int CLIENTS = 8;
  private static final int CRASHES = 3;

  @Test
  void nothingAcknowledgedIsLostOnDerby() throws InterruptedException {
    Path home = Distribution.unpack("crash-derby");
    Path data = Distribution.work().resolve("crash-derby-data");
    Distribution.delete(data);
    crashAndCompare(new TalkaProcess(home, data, Map.of()));
  }

  @Test
  void nothingAcknowledgedIsLostOnPostgresql() throws Exception {
    Path home = Distribution.unpack("crash-postgresql");
    Path data = Distribution.work().resolve("crash-postgresql-data");
    Distribution.delete(data);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
      crashAndCompare(
          new TalkaProcess(
              home,
              data,
              Map.of(
                  "TALKA_DB_URL",
                  "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                  "TALKA_DB_USER",
                  "postgres",
                  "TALKA_DB_PASSWORD",
                  "postgres")));
    }
  }

  private static void crashAndCompare(TalkaProcess talka) throws InterruptedException {
    Map<String, String> acknowledged = new ConcurrentHashMap<>();
    try (talka) {
      for (int crash = 0; crash < CRASHES; crash++) {
        talka.start();
        writeUntilKilled(talka, acknowledged, 150 + 100 * crash);
      }
      talka.start();
      Api admin = talka.admin();
      acknowledged.forEach(
          (key, subject) ->
              assertEquals(
                  subject,
                  admin.get("/tickets/" + key).expect(200).json().path("subject").asText()));
      String newest = admin.ticket("incident", "After the crash");
      assertTrue(!acknowledged.containsKey(newest), newest + " was given twice");
      for (Map.Entry<String, String> entry : acknowledged.entrySet().stream().limit(50).toList()) {
        String word = entry.getValue().split(" ")[1];
        Wait.until(
            entry.getKey() + " is found after the index caught up",
            Duration.ofSeconds(20),
            () ->
                admin.get("/search?q=" + word).expect(200).text().contains(entry.getKey())
                    ? Optional.of(true)
                    : Optional.empty());
      }
      System.out.println("acknowledged over " + CRASHES + " crashes: " + acknowledged.size());
      talka.stop();
    }
  }

  private static void writeUntilKilled(
      TalkaProcess talka, Map<String, String> acknowledged, int writes)
      throws InterruptedException {
    Api admin = talka.admin();
    CountDownLatch enough = new CountDownLatch(writes);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      clients.execute(
          () -> {
            while (!over.get()) {
              String subject = "Crash " + UUID.randomUUID().toString().replace("-", "");
              try {
                Api.Answer answer =
                    admin.post("/tickets", Map.of("type", "incident", "subject", subject));
                if (answer.status() == 201) {
                  String key = answer.json().path("key").asText();
                  String before = acknowledged.put(key, subject);
                  if (before != null) {
                    throw new AssertionError(key + " was given twice");
                  }
                  enough.countDown();
                }
              } catch (UncheckedIOException e) {
                return; // the server is gone, as it should be
              }
            }
          });
    }
    assertTrue(enough.await(60, TimeUnit.SECONDS), "too few writes were acknowledged");
    talka.kill();
    over.set(true);
    clients.shutdown();
    assertTrue(clients.awaitTermination(60, TimeUnit.SECONDS), "clients did not end");
  }
}
