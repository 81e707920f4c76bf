/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs of the desk and of a module, and events that a module could not be told. */
@ExtendWith(SharedTalka.class)
class JobsTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  JobsTest(RunningTalka talka) {
    this.talka = talka;
  }

  /** A module with a job that fails the first time, and a listener that does so four times. */
  private SampleModule module(String id) {
    return new SampleModule(id, "1.0.0")
        .file("TALKA-INF/module.json", "{\"id\": \"" + id + "\", \"wants\": [\"jobs\"]}")
        .file(
            "TALKA-INF/i18n/en.json",
            "{\"job."
                + id
                + ".sweep\": \"Sweep the shelves\", \"error."
                + id
                + ".locked\": \"The shelf is locked\"}")
        .activator(
            "var p = new java.util.Hashtable<String, Object>();"
                + "p.put(\"talka.job.key\", \"sweep\");"
                + "p.put(\"talka.job.schedule\", \"PT1H\");"
                + "context.registerService(org.talka.api.job.Job.class, run -> {"
                + " if (RUNS.incrementAndGet() == 1) {"
                + " throw org.talka.api.error.DomainException.conflict(\"error."
                + id
                + ".locked\"); }"
                + " run.report(\"12 swept\"); }, p);"
                + "var q = new java.util.Hashtable<String, Object>();"
                + "q.put(\"talka.event.types\", \"ticket.*\");"
                + "context.registerService(org.talka.api.event.DomainEventListener.class, event -> {"
                + " if (TOLD.incrementAndGet() <= 1) {"
                + " throw new IllegalStateException(\"no room\"); } }, q);",
            "")
        .field(
            "static final java.util.concurrent.atomic.AtomicInteger RUNS ="
                + " new java.util.concurrent.atomic.AtomicInteger();"
                + "static final java.util.concurrent.atomic.AtomicInteger TOLD ="
                + " new java.util.concurrent.atomic.AtomicInteger();")
        .imports("org.talka.api.job", "org.talka.api.event", "org.talka.api.error");
  }

  @Test
  void theDesksOwnJobsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api manager = admin.person("jobs-" + mark, "Other", "manager");
    manager.get("/jobs").expect(403);
    manager.get("/deliveries").expect(403);
    List<String> ids = admin.get("/jobs").expect(200).json().path("items").findValuesAsText("id");
    assertTrue(
        ids.containsAll(
            List.of("core.sessions", "core.tokens", "core.answers", "core.events", "core.notices")),
        ids.toString());
    admin.get("/jobs/core.nothing").expect(404);
    admin.post("/jobs/core.nothing/runs", Map.of()).expect(404);
    Api.Answer job = admin.get("/jobs/core.tokens").expect(200);
    admin.patch("/jobs/core.tokens", Map.of("paused", true), null).expect(428);
    String etag = job.header("ETag").orElseThrow();
    Api.Answer paused = admin.patch("/jobs/core.tokens", Map.of("paused", true), etag).expect(200);
    assertTrue(paused.json().path("next").isNull());
    admin.patch("/jobs/core.tokens", Map.of("paused", false), etag).expect(412);
    admin.patch("/jobs/core.tokens", Map.of(), paused.header("ETag").orElseThrow()).expect(422);
    admin
        .patch("/jobs/core.tokens", Map.of("paused", false), paused.header("ETag").orElseThrow())
        .expect(200);
    admin.post("/jobs/core.sessions/runs", Map.of()).expect(202);
    JsonNode done = ended(admin, "core.sessions");
    assertEquals("succeeded", done.path("last").path("outcome").asText(), done.toString());
    assertEquals("admin", done.path("last").path("askedBy").asText());
    assertEquals("Remove sessions that are over", done.path("name").asText());
    admin.get("/jobs/core.sessions/runs?after=forged").expect(400);
    admin.get("/jobs/core.sessions/runs?limit=0").expect(400);
    assertFalse(admin.get("/jobs/core.sessions/runs").json().path("items").isEmpty());
    admin.get("/deliveries/dead-letters?after=forged").expect(400);
    admin.post("/deliveries/dead-letters/forged/tries", Map.of()).expect(400);
  }

  /** What fails is in the log: in that of a server of its own. */
  @Test
  void aModulesJobIsRunPausedAndGoesWithItsModule() throws IOException {
    Path home = Distribution.unpack("jobs");
    Path data = Distribution.work().resolve("jobs-data").toAbsolutePath();
    Distribution.delete(data);
    try (TalkaProcess own = new TalkaProcess(home, data, Map.of()).start()) {
      aModulesJobIsRunPausedAndGoesWithItsModule(own, home);
      own.stop();
    }
    Distribution.delete(data);
    Distribution.delete(home);
  }

  private void aModulesJobIsRunPausedAndGoesWithItsModule(RunningTalka talka, Path home)
      throws IOException {
    Api admin = talka.admin();
    String id = "sweeper" + mark.replaceAll("[^a-f]", "");
    admin.install(id + ".jar", module(id).jar(home));
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("en", "lv")) {
          admin
              .post(
                  "/users",
                  Map.of(
                      "username",
                      "jobs-" + language + "-" + mark,
                      "displayName",
                      "Somebody",
                      "password",
                      PASSWORD,
                      "roles",
                      List.of("admin"),
                      "locale",
                      language))
              .expect(201);
        }
        Page page = browser.examined("en");
        page.navigate("/");
        Browser.signIn(page, "jobs-en-" + mark, PASSWORD);
        page.locator("nav a[href='/app/jobs']").click();
        Locator job = page.locator(".jobs > li", text("Sweep the shelves"));
        assertThat(job).containsText("every 1 hour");
        assertThat(job).containsText("Has not run yet");
        job.getByRole(AriaRole.BUTTON).first().click();
        assertThat(job.locator(".chip")).hasText("failed");
        assertThat(job.locator(".job-said")).hasText("The shelf is locked");
        faults.addAll(Browser.look(page, "jobs en"));
        job.getByRole(AriaRole.BUTTON).first().click();
        assertThat(job.locator(".chip")).hasText("succeeded");
        job.locator("talka-menu > button").click();
        job.locator("[role=menuitem]").last().click();
        Locator runs = page.locator("dialog[open] .job-runs > li");
        assertThat(runs).hasCount(2);
        assertThat(runs.first()).containsText("12 swept");
        faults.addAll(Browser.look(page, "runs en"));
        page.keyboard().press("Escape");
        job.locator("talka-menu > button").click();
        job.locator("[role=menuitem]").first().click();
        assertThat(job).containsText("Paused");

        // the first event was not taken in one try, and so told again
        talka.admin().ticket("incident", "Jobs " + mark);
        page.locator("[role=tab]").last().click();
        assertThat(page.locator(".told", text("Activator")).first()).isVisible();
        faults.addAll(Browser.look(page, "deliveries en"));

        admin.operate("uninstall", id);
        page.navigate(talka.url() + "/app/jobs");
        assertThat(page.locator(".jobs > li.off", text("sweep")))
            .containsText("Its module is away");
        Page other = browser.examined("lv");
        other.navigate("/");
        Browser.signIn(other, "jobs-lv-" + mark, PASSWORD);
        other.navigate(talka.url() + "/app/jobs");
        assertThat(other.locator(".jobs .job").first()).isVisible();
        faults.addAll(Browser.look(other, "jobs lv"));
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("jobs");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  private static JsonNode ended(Api admin, String id) {
    return Wait.until(
        id + " has ended",
        Duration.ofSeconds(20),
        () ->
            Optional.of(admin.get("/jobs/" + id).expect(200).json())
                .filter(job -> job.path("runningSince").isNull() && !job.path("last").isNull()));
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
