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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Searches that are narrowed down by what is found. */
@ExtendWith(SharedTalka.class)
class SearchFacetsTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  SearchFacetsTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void facetsFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("facets-a-" + mark, "Agent", "agent");
    Api requester = admin.person("facets-r-" + mark, "Requester", "requester");
    tickets(admin, "facets-a-" + mark);
    requester.ticket("incident", "My own " + mark);
    String path = "/search/facets?q=" + mark;
    JsonNode all = agent.get(path).expect(200).json();
    assertEquals(4, all.path("found").asInt());
    assertFalse(all.path("more").asBoolean());
    assertEquals(Map.of("incident", 3, "request", 1), values(all, "type"));
    assertEquals(Map.of("hall", 2, "light", 1, "none", 2), values(all, "tag"));
    assertEquals(Map.of("facets-a-" + mark, 1, "none", 3), values(all, "assignee"));
    assertEquals(Map.of("new", 3, "active", 1), values(all, "category"));
    assertEquals(Map.of("now-7d", 4, "now-30d", 4, "now-365d", 4), values(all, "createdAt"));
    JsonNode some = agent.get(path + "&tag=hall&type=incident").expect(200).json();
    assertEquals(1, some.path("found").asInt());
    assertEquals(Map.of("incident", 1, "request", 1), values(some, "type"));
    // one sees numbers of what one may see
    assertEquals(Map.of("incident", 1), values(requester.get(path).expect(200).json(), "type"));
    for (String wrong :
        List.of("&team=nowhere", "&createdAt=now-3d", "&category=open", "&assignee=no-such-one")) {
      agent.get(path + wrong).expect(400);
    }
    agent.get("/search/facets?q=" + Api.encode("(")).expect(400);
    talka.anonymous().get(path).expect(401);
  }

  @Test
  void anAgentNarrowsASearchDownAndFindsItAgain() {
    Api admin = talka.admin();
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        for (String language : List.of("lv", "en")) {
          String username = "seeker-" + language + "-" + mark;
          Map<String, Object> person = new LinkedHashMap<>();
          person.put("username", username);
          person.put("displayName", "Ilze Kalniņa");
          person.put("email", username + "@example.org");
          person.put("password", PASSWORD);
          person.put("roles", List.of("agent"));
          person.put("locale", language);
          admin.post("/users", person).expect(201);
        }
        tickets(admin, "seeker-en-" + mark);
        admin.ticket("incident", "A third " + mark);
        Page latvian = signIn(browser, "lv");
        latvian.navigate(talka.url() + "/app/search?tag=hall&q=" + mark);
        assertThat(latvian.locator(".grid .row")).hasCount(2);
        assertThat(latvian.locator(".facet-value").first()).isVisible();
        faults.addAll(Browser.look(latvian, "lv"));

        Page page = signIn(browser, "en");
        page.navigate(talka.url() + "/app/search");
        assertThat(page.locator(".facets")).isVisible();
        page.getByLabel("Query").fill(mark);
        assertThat(page.locator(".grid .row")).hasCount(4);
        Locator types = page.getByRole(AriaRole.GROUP, group("Type"));
        assertThat(types.locator(".facet-value").first()).containsText("Incident");
        assertThat(types.locator(".facet-value").first()).containsText("3");
        types.getByLabel("Incident").check();
        assertThat(page.locator(".grid .row")).hasCount(3);
        // what is not chosen of the same field is still on offer
        assertThat(types.getByLabel("Request")).isVisible();
        page.getByRole(AriaRole.GROUP, group("Tags")).getByLabel("hall").check();
        assertThat(page.locator(".grid .row")).hasCount(1);
        page.waitForURL(Pattern.compile(".*type=incident.*tag=hall.*"));
        faults.addAll(Browser.look(page, "en"));
        page.reload();
        assertThat(page.locator(".grid .row")).hasCount(1);
        Locator chips = page.locator(".facet-chips");
        assertThat(chips).containsText("Tags: hall");
        chips.getByRole(AriaRole.BUTTON, in("Remove Type: Incident")).click();
        assertThat(page.locator(".grid .row")).hasCount(2);
        chips.getByRole(AriaRole.BUTTON, in("Clear all")).click();
        assertThat(page.locator(".grid .row")).hasCount(4);
        // by keyboard
        page.locator(".grid .row a").first().focus();
        page.keyboard().press("f");
        assertThat(page.locator(".facet input").first()).isFocused();
        page.keyboard().press("Space");
        assertThat(page.locator(".grid .row")).hasCount(3);
        // a person by name, in the address by user name
        page.getByRole(AriaRole.GROUP, group("Assignee")).getByLabel("Ilze Kalniņa").check();
        assertThat(page.locator(".grid .row")).hasCount(1);
        assertTrue(page.url().contains("assignee=seeker-en-" + mark), page.url());
        page.locator(".grid .row a").first().click();
        assertThat(page.locator("talka-ticket .title")).isVisible();
        assertThat(page.locator(".facets")).hasCount(0);

        // what was searched for and looked at is offered again
        page.navigate(talka.url() + "/app/search?q=" + mark);
        assertThat(page.locator(".grid .row")).hasCount(4);
        page.waitForFunction(
            "(mark) => Object.keys(localStorage).some("
                + "(k) => k.startsWith('talka.searches') && localStorage[k].includes(mark))",
            mark);
        page.navigate(talka.url() + "/app/search");
        assertThat(page.locator(".lately")).containsText(mark);
        faults.addAll(Browser.look(page, "lately"));
        page.keyboard().press("Control+k");
        Locator palette = page.getByRole(AriaRole.DIALOG);
        Locator kept =
            palette
                .getByRole(AriaRole.OPTION)
                .filter(new Locator.FilterOptions().setHasText("searched"));
        assertThat(kept.first()).containsText(mark);
        kept.first().click();
        assertThat(page.locator(".grid .row")).hasCount(4);
        page.keyboard().press("Control+k");
        palette.getByText("Forget what was looked at").click();
        assertThat(palette).hasCount(0);
        page.keyboard().press("Control+k");
        assertThat(palette.getByRole(AriaRole.OPTION).first()).containsText("Today");
        assertThat(kept).hasCount(0);
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("facets");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  /** Two incidents and a request, two of them in the hall, one taken up by somebody. */
  private void tickets(Api admin, String assignee) {
    String lamp = admin.ticket("incident", "The lamp flickers " + mark);
    change(admin, lamp, Map.of("tags", List.of("hall", "light")));
    String door = admin.ticket("incident", "The door is stuck " + mark);
    change(admin, door, Map.of("assignee", assignee));
    admin.post("/tickets/" + door + "/transitions", Map.of("transition", "start")).expect(200);
    String chair = admin.ticket("request", "A chair " + mark);
    change(admin, chair, Map.of("tags", List.of("hall")));
  }

  private static void change(Api api, String key, Map<String, Object> changes) {
    String etag = api.get("/tickets/" + key).expect(200).header("ETag").orElseThrow();
    api.patch("/tickets/" + key, changes, etag).expect(200);
  }

  private Page signIn(Browser browser, String language) {
    Page page = browser.examined(language);
    page.navigate("/");
    Browser.signIn(page, "seeker-" + language + "-" + mark, PASSWORD);
    return page;
  }

  private static Map<String, Integer> values(JsonNode facets, String field) {
    Map<String, Integer> values = new LinkedHashMap<>();
    for (JsonNode facet : facets.path("facets")) {
      if (facet.path("field").asText().equals(field)) {
        facet
            .path("values")
            .forEach(v -> values.put(v.path("value").asText(), v.path("count").asInt()));
      }
    }
    return values;
  }

  private static Page.GetByRoleOptions group(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
