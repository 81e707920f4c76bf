/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One day of a desk, from its set-up to a module that went and came back. */
class StoryTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  @Test
  void theDayOfADesk() throws IOException {
    Path home = Distribution.unpack("story");
    Path data = Distribution.work().resolve("story-data");
    Distribution.delete(data);
    try (TalkaProcess talka = TalkaProcess.withoutAdministrator(home, data).start();
        Browser browser = new Browser(talka.url())) {
      try {
        tell(talka, browser, data);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("story");
        throw e;
      }
    }
  }

  private static void tell(TalkaProcess talka, Browser browser, Path data) throws IOException {
    Page administrator = setUp(browser, data);
    Api admin = new Api(talka.url()).signIn("admin", PASSWORD);
    admin.person("ruta", "Rūta Ozola", "requester", PASSWORD);
    admin.person("ilze", "Ilze Kalniņa", "agent", PASSWORD);

    String key = requesterReports(browser);
    Page agent = agentAnswersAndResolves(browser, key);
    requesterReads(browser, key);

    install(administrator);
    // in the agent's open page, without a reload
    assertThat(agent.getByRole(AriaRole.LINK, link("Known errors"))).isVisible();

    Api ilze = new Api(talka.url()).signIn("ilze", PASSWORD);
    String problem = ilze.ticket("problem", "Blank pages after firmware 2.4");
    List<String> incidents = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String incident = ilze.ticket("incident", "Printer " + i + " prints blank pages");
      ilze.link(problem, "problem.causes", incident);
      incidents.add(incident);
    }
    publishWorkaround(ilze, agent, problem);
    agent.navigate("/app/ticket/" + incidents.get(0));
    // what was sent, and what the module's panel says beside it
    assertThat(agent.getByText("Switch it off for one minute").first()).isVisible();
    assertThat(agent.getByLabel("Workaround of " + problem))
        .containsText("Switch it off for one minute");

    JsonNode before = ilze.get("/tickets/" + problem).expect(200).json();
    String linksBefore = ilze.get("/tickets/" + problem + "/links").expect(200).text();

    uninstall(administrator);
    assertThat(agent.getByRole(AriaRole.LINK, link("Known errors"))).isHidden();
    agent.navigate("/app/ticket/" + incidents.get(0));
    assertThat(agent.getByText("Blank pages after firmware 2.4").first()).isVisible();
    assertThat(agent.getByText("module missing").first()).isVisible();
    agent.navigate("/app/search?q=" + Api.encode("blank firmware"));
    agent.getByText("Blank pages after firmware 2.4").first().click();
    assertThat(agent.getByText(Pattern.compile("is not installed"))).isVisible();
    assertThat(agent.getByText("Firmware 2.4 reads the sensor wrongly").first()).isVisible();

    install(administrator);
    assertThat(agent.getByRole(AriaRole.LINK, link("Known errors"))).isVisible();
    assertEquals(before, ilze.get("/tickets/" + problem).expect(200).json());
    assertEquals(linksBefore, ilze.get("/tickets/" + problem + "/links").expect(200).text());
    browser.assertNoComplaints();
  }

  private static Page setUp(Browser browser, Path data) throws IOException {
    Page page = browser.person();
    page.navigate(Files.readString(data.resolve("setup-link.txt")).trim());
    page.getByLabel("Organisation").fill("Northern Hospital");
    page.getByLabel(Pattern.compile("^Name")).fill("Anna Administrator");
    page.getByLabel("E-mail").fill("anna@example.org");
    page.getByLabel(Pattern.compile("^Password(?! again)")).fill(PASSWORD);
    page.getByLabel("Password again").fill(PASSWORD);
    page.getByRole(AriaRole.BUTTON, button("Open the desk")).click();
    assertThat(page.getByRole(AriaRole.LINK, link("Modules"))).isVisible();
    return page;
  }

  private static String requesterReports(Browser browser) {
    Page page = browser.person("ruta", PASSWORD);
    page.getByRole(AriaRole.LINK, link("Something does not work")).click();
    page.getByLabel("Subject").fill("Printer on the second floor prints blank pages");
    page.getByLabel("Description").first().fill("Since this morning. Scanning **works**.");
    page.getByRole(AriaRole.BUTTON, button("Send")).click();
    page.waitForURL(Pattern.compile(".*/portal/requests/INC-\\d+"));
    assertThat(page.getByRole(AriaRole.HEADING).first()).containsText("Printer on the second");
    String key = page.url().substring(page.url().lastIndexOf('/') + 1);
    page.context().close();
    return key;
  }

  private static Page agentAnswersAndResolves(Browser browser, String key) {
    Page page = browser.person("ilze", PASSWORD);
    page.getByRole(AriaRole.LINK, link("All open")).click();
    // today's page lists it, too, and is about to go: a click must not fall between the two
    page.locator("talka-queue")
        .getByText("Printer on the second floor prints blank pages")
        .first()
        .click();
    assertThat(page.getByText("Scanning works")).isVisible();
    Locator box = page.locator("talka-composer textarea");
    page.getByRole(AriaRole.TAB, tab("Reply to Rūta")).click();
    box.fill("Please switch it off for one minute; I am on my way.");
    page.getByRole(AriaRole.BUTTON, button("Send")).click();
    assertThat(page.getByText("I am on my way").first()).isVisible();
    page.getByRole(AriaRole.TAB, tab("Internal note")).click();
    box.fill("Third report on this model this week.");
    page.getByRole(AriaRole.BUTTON, button("Save note")).click();
    assertThat(page.getByText("Third report on this model").first()).isVisible();
    page.getByRole(AriaRole.BUTTON, button("Start work")).click();
    // the buttons change their places with the state: nobody aims at a moving one
    assertThat(page.getByRole(AriaRole.BUTTON, button("Start work"))).isHidden();
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Resolve")))
        .click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    dialog
        .locator("select")
        .first()
        .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Resolve")).click();
    assertThat(page.getByText("Resolved").first()).isVisible();
    return page;
  }

  private static void requesterReads(Browser browser, String key) {
    Page page = browser.person("ruta", PASSWORD);
    assertThat(page.getByRole(AriaRole.LINK, link("My requests"))).isVisible();
    page.navigate("/portal/requests/" + key);
    assertThat(page.getByText("I am on my way").first()).isVisible();
    assertFalse(page.content().contains("Third report on this model"));
    page.context().close();
  }

  private static void install(Page page) {
    page.navigate("/app/modules");
    page.getByRole(AriaRole.BUTTON, button("Install: Problem management")).click();
    Locator plan = page.getByRole(AriaRole.REGION, region("Plan"));
    assertThat(plan.getByText("Nobody will notice.")).isVisible();
    plan.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Install")).click();
    assertThat(plan.getByText("Done: Problem management")).isVisible();
  }

  private static void uninstall(Page page) {
    page.navigate("/app/modules");
    page.getByRole(AriaRole.BUTTON, button("More for Problem management")).click();
    page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Uninstall")).click();
    Locator plan = page.getByRole(AriaRole.REGION, region("Plan"));
    assertThat(plan.getByText("Its records stay readable").first()).isVisible();
    plan.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Uninstall")).click();
    assertThat(plan.getByText("Done: Problem management")).isVisible();
  }

  private static void publishWorkaround(Api ilze, Page agent, String problem) {
    String etag = ilze.get("/tickets/" + problem).expect(200).header("ETag").orElseThrow();
    ilze.patch(
            "/tickets/" + problem,
            Map.of(
                "fields",
                Map.of(
                    "rootCause",
                    "Firmware 2.4 reads the sensor wrongly",
                    "workaround",
                    "Switch it off for one minute")),
            etag)
        .expect(200);
    for (String transition : List.of("assess", "analyse", "confirm-known-error")) {
      ilze.post("/tickets/" + problem + "/transitions", Map.of("transition", transition))
          .expect(200);
    }
    agent.navigate("/app/ticket/" + problem);
    agent.getByRole(AriaRole.BUTTON, button("Publish workaround")).click();
    agent
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Publish workaround"))
        .click();
    assertThat(agent.getByRole(AriaRole.DIALOG)).isHidden();
  }

  private static Page.GetByRoleOptions link(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions button(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions tab(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByRoleOptions region(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
