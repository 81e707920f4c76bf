/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ways through the workspace, taken faster than the network is. */
@ExtendWith(SharedTalka.class)
class NavigationTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  NavigationTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void whoGoesOnWhileAPageIsOnItsWayIsNotBroughtBackToIt() {
    Api admin = talka.admin();
    String username = "nav-" + mark;
    admin.person(username, "Ilze Kalniņa", "agent", PASSWORD);
    String subject = "The door of room " + mark + " does not open";
    // their own stands on their first page however many others there are
    admin
        .post("/tickets", Map.of("type", "incident", "subject", subject, "assignee", username))
        .expect(201);
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person(username, PASSWORD);
      AtomicReference<Route> held = new AtomicReference<>();
      page.route(Pattern.compile(".*/page/queue\\.js.*"), held::set);
      assertThat(page.getByText(subject).first()).isVisible();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All open")).click();
      page.waitForCondition(() -> held.get() != null);
      page.getByText(subject).first().click();
      page.waitForURL(Pattern.compile(".*/app/ticket/INC-\\d+"));
      assertThat(page.locator("talka-ticket")).isVisible();
      held.get().resume();
      // the late script runs; what is shown stays
      page.waitForFunction("() => customElements.get('talka-queue')");
      assertThat(page.locator("talka-queue")).hasCount(0);
      assertThat(page.locator("talka-ticket")).isVisible();
      assertTrue(page.url().contains("/app/ticket/"));
      browser.assertNoComplaints();
    }
  }

  @Test
  void whoGoesOnBeforeAChangeIsRefusedHearsOfIt() {
    Api admin = talka.admin();
    String username = "nav-b-" + mark;
    admin.person(username, "Jānis Ozols", "agent", PASSWORD);
    String first = admin.ticket("incident", "First " + mark);
    String second = admin.ticket("incident", "Second " + mark);
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.person(username, PASSWORD);
      AtomicReference<Route> held = new AtomicReference<>();
      page.route(
          Pattern.compile(".*/api/v1/tickets/INC-\\d+"),
          route -> {
            if (route.request().method().equals("PATCH")) {
              held.set(route);
            } else {
              route.resume();
            }
          });
      // to another ticket, and off all tickets
      for (String next : List.of("/app/ticket/" + second, "/app/tasks")) {
        page.evaluate(PagesTest.GO, "/app/ticket/" + first);
        assertThat(page.locator("talka-ticket h1")).hasText("First " + mark);
        held.set(null);
        page.keyboard().press("m");
        page.waitForCondition(() -> held.get() != null);
        page.evaluate(PagesTest.GO, next);
        assertThat(page.locator("talka-ticket h1", containing("First " + mark))).hasCount(0);
        held.get()
            .fulfill(
                new Route.FulfillOptions()
                    .setStatus(403)
                    .setContentType("application/problem+json")
                    .setBody("{\"status\": 403, \"detail\": \"Not on " + next + "\"}"));
        assertThat(page.locator(".toast", containing(first + ": Not on " + next))).isVisible();
      }
      browser.assertNoComplaintsBut(403);
    }
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
