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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is to be done for a ticket. */
@ExtendWith(SharedTalka.class)
class TasksTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  TasksTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void tasksFollowTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api agent = admin.person("tasks-a-" + mark, "Agent", "agent");
    Api requester = admin.person("tasks-r-" + mark, "Requester", "requester");
    String own = requester.ticket("incident", "Mine " + mark);
    String path = "/tickets/" + own + "/tasks";
    Map<String, Object> given =
        Map.of("title", "Look " + mark, "assignee", "tasks-a-" + mark, "due", "2027-01-02");
    Api.Answer made = agent.post(path, given).expect(201);
    String task = made.header("Location").orElseThrow().replaceFirst("^.*/api/v1", "");
    assertEquals("\"1\"", made.header("ETag").orElseThrow());
    assertEquals("2027-01-02", made.json().path("due").asText());
    assertEquals("tasks-a-" + mark, made.json().path("assignee").path("username").asText());
    agent.get(task).expect(200);
    agent.patch(task, Map.of("done", true), null).expect(428);
    JsonNode done = agent.patch(task, Map.of("done", true), "\"1\"").expect(200).json();
    assertTrue(done.path("done").asBoolean());
    agent.patch(task, Map.of("done", false), "\"1\"").expect(412);
    agent.patch(task, Map.of("due", "soon"), "\"2\"").expect(422);
    agent.post(path, Map.of("title", " ")).expect(422);
    agent.post(path, Map.of("title", "x", "assignee", "tasks-r-" + mark)).expect(422);
    // requesters see nothing of it, in the history neither
    requester.get(path).expect(403);
    requester.post(path, Map.of("title", "x")).expect(403);
    requester.get("/tasks").expect(403);
    JsonNode history = requester.get("/tickets/" + own + "/history").expect(200).json();
    assertEquals(List.of("created"), history.path("items").findValuesAsText("kind"));
    assertTrue(agent.get("/tickets/" + own + "/history").text().contains("task-done"));
    // my tasks, page by page
    for (int i = 0; i < 3; i++) {
      agent
          .post(
              path,
              Map.of("title", "t" + i, "assignee", "tasks-a-" + mark, "due", "2027-02-0" + (9 - i)))
          .expect(201);
    }
    assertEquals(3, agent.get("/tasks/count").expect(200).json().path("count").asInt());
    List<String> titles = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = agent.get("/tasks?limit=2" + after).expect(200).json();
      page.path("items").forEach(item -> titles.add(item.path("task").path("title").asText()));
      after = page.path("next").isNull() ? "" : "&after=" + Api.encode(page.path("next").asText());
    } while (!after.isEmpty());
    assertEquals(List.of("t2", "t1", "t0"), titles);
    assertEquals(
        "Look " + mark,
        agent
            .get("/tasks?state=done")
            .expect(200)
            .json()
            .path("items")
            .path(0)
            .path("task")
            .path("title")
            .asText());
    agent.get("/tasks?after=forged").expect(400);
    agent.get("/tasks?state=lost").expect(400);
    agent.delete(task).expect(204);
    agent.get(task).expect(404);
    agent.get("/tickets/" + own + "/tasks/none").expect(404);
  }

  @Test
  void aWorkflowThatSaysSoWaitsForOpenTasks() {
    Api admin = talka.admin();
    String id = "waits" + mark.replaceAll("[^a-f]", "");
    String descriptor =
        """
        {"id": "%s",
         "ticketTypes": [{"key": "%s", "prefix": "WTS", "icon": "list", "workflow": "%s"}],
         "workflows": [{"key": "%s", "initial": "new",
           "states": [{"key": "new", "category": "NEW"}, {"key": "over", "category": "RESOLVED"}],
           "transitions": [{"key": "finish", "from": ["new"], "to": "over", "guards": ["GUARD"]}]}]}
        """
            .formatted(id, id, id, id);
    SampleModule wrong =
        new SampleModule(id, "1.0.0")
            .file("TALKA-INF/module.json", descriptor.replace("GUARD", "no-such-guard"));
    admin.upload(id + ".jar", wrong.jar(null)).expect(422);
    SampleModule module =
        new SampleModule(id, "1.0.0")
            .file("TALKA-INF/module.json", descriptor.replace("GUARD", "no-open-tasks"));
    admin.install(id + ".jar", module.jar(null));
    try {
      String key = admin.ticket(id, "Waits " + mark);
      String path = "/tickets/" + key + "/tasks";
      String task =
          admin.post(path, Map.of("title", "First this")).expect(201).json().path("id").asText();
      Map<String, Object> finish = Map.of("transition", "finish");
      Api.Answer refused = admin.post("/tickets/" + key + "/transitions", finish).expect(409);
      assertTrue(refused.text().contains("open tasks (1)"), refused.text());
      admin.patch(path + "/" + task, Map.of("done", true), "\"1\"").expect(200);
      admin.post("/tickets/" + key + "/transitions", finish).expect(200);
    } finally {
      admin.operate("uninstall", id);
    }
  }

  @Test
  void anAgentWorksThroughTheTasksOfATicket() {
    Api admin = talka.admin();
    List<String> faults = new ArrayList<>();
    for (String language : List.of("en", "lv")) {
      Map<String, Object> person = new LinkedHashMap<>();
      person.put("username", "doer-" + language + "-" + mark);
      person.put("displayName", "Zane Bērziņa");
      person.put("email", language + mark + "@example.org");
      person.put("password", PASSWORD);
      person.put("roles", List.of("agent"));
      person.put("locale", language);
      admin.post("/users", person).expect(201);
    }
    String key = admin.ticket("incident", "Refit the hall " + mark);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = signIn(browser, "en");
        page.navigate(talka.url() + "/app/ticket/" + key);
        Locator add = page.getByLabel("Add a task");
        for (String title : List.of("Order lamps", "Borrow a ladder", "Mount them")) {
          add.fill(title);
          page.keyboard().press("Enter");
          assertThat(page.locator(".task").last()).containsText(title);
          assertThat(add).isFocused();
        }
        Locator tasks = page.locator(".task");
        assertThat(tasks).hasCount(3);
        // ticked off by its box
        tasks.nth(0).getByRole(AriaRole.CHECKBOX).check();
        assertThat(page.locator("talka-tasks h2")).containsText("1 of 3 done");
        assertThat(page.locator(".event", text("finished the task"))).containsText("Order lamps");
        // put into order by drag, by menu and by keyboard
        tasks.nth(2).dragTo(tasks.nth(0));
        assertThat(tasks.nth(0)).containsText("Mount them");
        tasks.nth(0).getByRole(AriaRole.BUTTON, in("More for “Mount them”")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Move to the bottom")).click();
        assertThat(tasks.nth(2)).containsText("Mount them");
        page.keyboard().press("Alt+ArrowUp");
        assertThat(tasks.nth(1)).containsText("Mount them");
        assertThat(tasks.nth(1).getByRole(AriaRole.CHECKBOX)).isFocused();
        Wait.that(
            "the order is kept",
            java.time.Duration.ofSeconds(20),
            () ->
                titles(admin, key).equals(List.of("Order lamps", "Mount them", "Borrow a ladder")));
        // given to somebody, with a day
        tasks.nth(2).getByRole(AriaRole.BUTTON, in("More for “Borrow a ladder”")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Change the task")).click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByRole(AriaRole.COMBOBOX, in("Assignee")).fill("doer-lv-" + mark);
        dialog.getByRole(AriaRole.OPTION).first().click();
        dialog.getByLabel("Due").fill("2020-03-31");
        dialog.getByRole(AriaRole.BUTTON, in("Save")).click();
        assertThat(tasks.nth(2)).containsText("Zane Bērziņa");
        assertThat(tasks.nth(2)).containsText("late");
        faults.addAll(Browser.look(page, "ticket"));

        // it is in the other's list, and comes and goes there by itself
        Page other = signIn(browser, "lv");
        assertThat(other.locator(".home")).containsText("Borrow a ladder");
        other.navigate(talka.url() + "/app/tasks");
        assertThat(other.locator(".my-task")).hasCount(1);
        faults.addAll(Browser.look(other, "my tasks"));
        String path = "/tickets/" + key + "/tasks";
        admin.post(path, Map.of("title", "Sweep", "assignee", "doer-lv-" + mark)).expect(201);
        assertThat(other.locator(".my-task")).hasCount(2);
        assertThat(other.locator("nav a[href='/app/tasks']")).containsText("2");
        // a click: the box may be gone, with its task, before anybody could see it checked
        other.locator(".my-task", text("Borrow")).getByRole(AriaRole.CHECKBOX).click();
        assertThat(other.locator(".my-task")).hasCount(1);
        assertThat(tasks.nth(2).getByRole(AriaRole.CHECKBOX)).isChecked();
        assertThat(page.locator("talka-tasks h2")).containsText("2 of 4 done");
        other.getByRole(AriaRole.STATUS).getByRole(AriaRole.BUTTON).first().click();
        assertThat(other.locator(".my-task")).hasCount(2);
        assertThat(tasks.nth(2).getByRole(AriaRole.CHECKBOX)).not().isChecked();

        // gone
        tasks.nth(0).getByRole(AriaRole.BUTTON, in("More for “Order lamps”")).click();
        page.getByRole(AriaRole.MENUITEM, exactly("Remove the task")).click();
        assertThat(tasks).hasCount(3);
        assertEquals(List.of("Mount them", "Borrow a ladder", "Sweep"), titles(admin, key));
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("tasks");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  private static List<String> titles(Api api, String key) {
    return api.get("/tickets/" + key + "/tasks")
        .expect(200)
        .json()
        .path("items")
        .findValuesAsText("title");
  }

  private Page signIn(Browser browser, String language) {
    Page page = browser.examined(language);
    page.navigate("/");
    Browser.signIn(page, "doer-" + language + "-" + mark, PASSWORD);
    return page;
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }
}
