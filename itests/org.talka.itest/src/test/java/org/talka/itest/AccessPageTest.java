/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a person sees and may do is explained, to administrators alone. */
@ExtendWith(SharedTalka.class)
class AccessPageTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  AccessPageTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void theExplanationSaysWhatTheDeskThenDoes() {
    Api admin = talka.admin();
    Api rita = admin.person("acc-r-" + mark, "Rita", "requester");
    admin.person("acc-o-" + mark, "Olga", "requester");
    Api agent = admin.person("acc-a-" + mark, "Anna", "agent");
    String key = rita.ticket("incident", "Access " + mark);
    agent.get("/tickets/" + key + "/access/acc-r-" + mark).expect(403);
    agent.get("/users/acc-r-" + mark + "/access").expect(403);
    admin.get("/tickets/" + key + "/access/nobody-" + mark).expect(404);
    admin.get("/tickets/INC-999999/access/acc-r-" + mark).expect(404);

    JsonNode own = deeds(admin, key, "acc-r-" + mark);
    assertTrue(deed(own, "see").path("allowed").asBoolean());
    assertTrue(deed(own, "see").path("reasons").toString().contains("own request"));
    assertTrue(deed(own, "see").path("reasons").toString().contains("Requester"));
    assertTrue(deed(own, "reply").path("allowed").asBoolean());
    JsonNode note = deed(own, "note");
    assertTrue(!note.path("allowed").asBoolean());
    assertTrue(note.path("reasons").toString().contains("Agent"), note.toString());
    Map<String, String> internal = Map.of("body", "x", "visibility", "internal");
    rita.post("/tickets/" + key + "/comments", internal).expect(403);

    JsonNode other = deeds(admin, key, "acc-o-" + mark);
    for (JsonNode each : other) {
      if (!List.of("assignee", "administer").contains(each.path("deed").asText())) {
        assertTrue(!each.path("allowed").asBoolean(), each.toString());
      }
    }
    assertTrue(deed(other, "see").path("reasons").toString().contains("none of them"));

    JsonNode all = admin.get("/users/acc-r-" + mark + "/access").expect(200).json();
    JsonNode read = null;
    for (JsonNode each : all.path("permissions")) {
      read = each.path("permission").asText().equals("ticket:read") ? each : read;
    }
    assertEquals("own", read.path("reach").asText());
    assertEquals("requester", read.path("by").path(0).path("role").asText());
    assertEquals("declared", read.path("by").path(0).path("origin").asText());
    JsonNode audit =
        admin.get("/audit?action=access.explained&object=person:acc-r-" + mark).expect(200).json();
    assertEquals(2, audit.path("items").size());
    assertEquals(key, audit.path("items").path(1).path("details").path("ticket").asText());

    // following the ticket is enough, as was said
    admin.post("/tickets/" + key + "/watchers", Map.of("username", "acc-o-" + mark)).expect(201);
    assertTrue(
        deed(deeds(admin, key, "acc-o-" + mark), "see")
            .path("reasons")
            .toString()
            .contains("follows"));
    admin.patch("/users/acc-o-" + mark, Map.of("active", false), null).expect(200);
    JsonNode closed = deeds(admin, key, "acc-o-" + mark);
    assertEquals(1, closed.size());
    assertTrue(closed.path(0).path("reasons").toString().contains("closed"));
  }

  @Test
  void anAdministratorLooksFromATicketAndFromAPerson() {
    Api admin = talka.admin();
    Api rita = admin.person("acp-r-" + mark, "Rita Riekstiņa", "requester");
    String key = rita.ticket("incident", "Access page " + mark);
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("en", "lv")) {
          String username = "acp-" + language + "-" + mark;
          admin
              .post(
                  "/users",
                  Map.of(
                      "username", username,
                      "displayName", "Admin " + language,
                      "password", PASSWORD,
                      "roles", List.of("admin"),
                      "locale", language))
              .expect(201);
          Page page = browser.examined(language);
          page.navigate("/");
          Browser.signIn(page, username, PASSWORD);
          page.navigate(talka.url() + "/app/ticket/" + key);
          page.locator(".title talka-menu button").first().click();
          page.locator("[role=menuitem]")
              .filter(
                  new Locator.FilterOptions()
                      .setHasText(language.equals("en") ? "Who may" : "Kas ko"))
              .click();
          Locator deeds = page.locator(".deeds > li");
          assertThat(deeds.first()).hasClass("yes");
          assertThat(page.locator(".deeds > li.no").first()).isVisible();
          assertThat(page.locator(".grants > li").first()).isVisible();
          faults.addAll(Browser.look(page, "access " + language));
          page.getByRole(AriaRole.SWITCH).click();
          assertThat(
                  page.locator(".grants > li")
                      .filter(new Locator.FilterOptions().setHasText("module:admin")))
              .hasCount(1);
          // the same of a person
          page.navigate(talka.url() + "/app/people");
          page.locator("#who").fill("acp-r-" + mark);
          Locator link = page.locator("a[href='/app/access?person=acp-r-" + mark + "']");
          link.click();
          assertThat(page.locator("#access-all")).containsText("Rita Riekstiņa");
          assertThat(page.locator(".deeds")).hasCount(0);
        }
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("access");
        throw e;
      }
    }
  }

  private static JsonNode deeds(Api admin, String key, String username) {
    return admin.get("/tickets/" + key + "/access/" + username).expect(200).json().path("deeds");
  }

  private static JsonNode deed(JsonNode deeds, String deed) {
    for (JsonNode each : deeds) {
      if (each.path("deed").asText().equals(deed)) {
        return each;
      }
    }
    throw new AssertionError(deed + " is not in " + deeds);
  }
}
