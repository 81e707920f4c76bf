/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every page in light and dark, on a desk and on a phone, in both languages: readable by everybody
 * (WCAG 2.2 AA as far as axe sees), in words, and without a complaint of the browser.
 */
@ExtendWith(SharedTalka.class)
class PagesTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  /** Nothing is being fetched or drawn any more. */
  static final String SETTLED =
      """
      (shows) => {
        const all = (root) => [...root.querySelectorAll("*")].flatMap((e) =>
          e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
        const here = all(document);
        // half faded in, nothing has the contrast that it will have
        const moves = document.getAnimations().some((a) =>
          a.playState === "running" && a.effect?.getTiming().iterations !== Infinity);
        return !moves && !here.some((e) => e.matches(":not(.gallery-part *):is(.skeleton, [aria-busy=true])"))
          && here.some((e) => e.matches(shows) && e.getClientRects().length > 0);
      }
      """;

  static final String GO =
      """
      (to) => {
        document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
        document.querySelectorAll(":popover-open").forEach((part) => part.hidePopover());
        history.pushState(null, "", to);
        dispatchEvent(new PopStateEvent("popstate"));
      }
      """;

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private final List<String> faults = new ArrayList<>();

  PagesTest(RunningTalka talka) {
    this.talka = talka;
  }

  /** An address, what must be seen there, and what is done there first. */
  private record Visit(String address, String shows, Consumer<Page> first) {
    Visit(String address, String shows) {
      this(address, shows, page -> {});
    }
  }

  @Test
  void everyPageIsReadableByEverybody() {
    Api admin = talka.admin();
    for (String module : List.of("problem", "knowledge")) {
      if (admin.moduleState(module).equals("ACTIVE")) {
        admin.operate("uninstall", module);
      }
    }
    try (Browser browser = new Browser(talka.url())) {
      try {
        Map<String, Page> pages = new LinkedHashMap<>();
        for (String language : List.of("en", "lv")) {
          String username = "pages-" + language + "-" + mark;
          person(admin, username, language);
          Page page = browser.examined(language);
          pages.put(language, page);
          page.navigate("/");
          visit(page, new Visit("/sign-in", "form.gate-card"));
          signIn(page, username);
          visit(page, new Visit("/app/modules", ".plan .adds", PagesTest::planInstall));
        }
        admin.operate("install", "problem");
        pages.forEach((language, page) -> visitWithTheModule(page, language));
        admin.operate("uninstall", "problem");
        pages.values().forEach(this::visitWithoutTheModule);
        admin.operate("install", "knowledge");
        pages.forEach(this::visitKnowledge);
        admin.operate("uninstall", "knowledge");
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("pages");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  private String problem;
  private String incident;

  private void visitWithTheModule(Page page, String language) {
    // it came into the open page
    assertThat(page.locator("nav a[href*='problem.known-errors']")).hasCount(1);
    Api self = new Api(talka.url()).signIn("pages-" + language + "-" + mark, PASSWORD);
    incident = self.ticket("incident", "Blank pages from the printer in room 3 " + mark);
    String request = self.ticket("request", "A second screen " + mark);
    problem = self.ticket("problem", "Blank pages after firmware 2.4 " + mark);
    self.link(problem, "problem.causes", incident);
    makeKnownError(self);
    comment(self, incident, "public", "Please **switch it off** and on: `Menu › Restart`.");
    comment(self, incident, "internal", "Third report, see https://example.org/firmware");
    comment(self, request, "public", "It is ordered.");
    // somebody else's, so that there is something to be told
    comment(talka.admin(), incident, "public", "Somebody **is on the way**.");
    comment(talka.admin(), request, "public", "It is here.");
    String done = closed(self, "A lamp that is mended " + mark);
    String rated = closed(self, "A lamp that is rated " + mark);
    self.send("PUT", "/tickets/" + rated + "/rating", Map.of("stars", 4, "word", "Quick"), Map.of())
        .expect(200);
    task(self, "Clean the rollers", "2020-02-03", language);
    task(self, "Order a drum", "2099-02-03", language);
    List.of(
            new Visit("/app", ".home .line"),
            new Visit("/app/dashboards/desk.today", ".plot"),
            new Visit("/app/dashboards/desk.mine", ".widget .count"),
            new Visit("/app", ".notices .notice", PagesTest::bell),
            new Visit("/app", "dialog[open] .switch", PagesTest::bellChoices),
            new Visit("/portal", ".notices .notice", PagesTest::portalBell),
            new Visit("/app/queue/open", ".row"),
            new Visit(
                "/app/queue/open?sort=-priority&cols=key,subject,tags,createdAt", ".grid .row"),
            new Visit("/app/queue/open", ".menu[popover]:popover-open", PagesTest::listOptions),
            new Visit(
                "/app/queue/open", ".view-editor[open] .conditions-list", PagesTest::saveView),
            new Visit("/app/queue/open?as=board", ".board-card"),
            new Visit("/app/queue/type-problem?as=board&lanes=priority", ".board-lane"),
            new Visit(
                "/app/queue/open?as=board", ".board-menu:popover-open", PagesTest::askWhereTo),
            new Visit("/app/queue/open?as=calendar&by=createdAt", ".cal-entry"),
            new Visit("/app/queue/open/" + incident, "talka-ticket .msg.internal"),
            new Visit("/app/ticket/" + incident, ".help-text"),
            new Visit("/app/ticket/" + incident, ".task .check"),
            new Visit("/app/ticket/" + incident, ".menu[popover]", PagesTest::openMore),
            new Visit("/app/ticket/" + incident, "dialog[open]", PagesTest::startTransition),
            new Visit("/app/queue/open", ".bulk-bar", PagesTest::choose),
            new Visit("/app/queue/open", ".bulk[open] .pair", PagesTest::bulk),
            new Visit("/app/ticket/" + incident, ".preview", PagesTest::preview),
            new Visit("/app/ticket/" + incident, ".canned[open]", PagesTest::canned),
            new Visit("/app/ticket/" + request, "talka-ticket .msg"),
            new Visit("/app/ticket/" + problem, "talka-ticket .msg"),
            new Visit("/app/new", "form.create"),
            new Visit("/app/new/request", "form.create"),
            new Visit("/app/new/problem", "form.create", PagesTest::sendEmpty),
            new Visit("/app/search", ".empty"),
            new Visit("/app/search?q=" + mark, ".row"),
            new Visit("/app/search?type=incident&q=" + mark, ".facet-chips"),
            new Visit("/app/tasks", ".my-task"),
            new Visit("/app", "dialog[open] li", PagesTest::openPalette),
            new Visit("/app", "dialog[open]", page1 -> page1.keyboard().press("?")),
            new Visit("/app/m/problem/problem.known-errors", ".help-text"),
            new Visit("/app/modules", ".plan", PagesTest::planUninstall),
            new Visit("/app/modules/history", ".ops"),
            new Visit("/app/people", ".person-row"),
            new Visit("/app/people/teams", "h1"),
            new Visit("/app/types", "a.person-row"),
            new Visit("/app/types", "dialog[open] .icon-choice", PagesTest::newThing),
            new Visit("/app/types/fields", ".person-row"),
            new Visit("/app/types/fields", "dialog[open] .option-list", PagesTest::firstField),
            new Visit("/app/type/incident", ".form-fields li"),
            new Visit("/app/type/incident/portal", ".form-fields li"),
            new Visit("/app/type/problem/workflow", "svg.flow .box"),
            new Visit("/app/type/incident/workflow", "dialog[open] .pair", PagesTest::firstState),
            new Visit("/app/type/incident/workflow", "dialog[open] .guards", PagesTest::firstStep),
            new Visit("/app/access", ".empty"),
            new Visit("/app/jobs", ".jobs .job"),
            new Visit("/app/jobs/deliveries", ".jobs .told"),
            new Visit("/app/languages", ".lang-parts li"),
            new Visit("/app/languages/words", ".words li"),
            new Visit(
                "/app/access?person=pages-" + language + "-" + mark + "&ticket=" + incident,
                ".deeds li"),
            new Visit("/app/audit", ".audit li"),
            new Visit("/app/appearance", ".look-pane"),
            new Visit("/app/gallery", ".gallery-part"),
            new Visit("/app/nothing", ".failure"),
            new Visit("/portal", ".req"),
            new Visit("/portal", ".sug a", PagesTest::ask),
            new Visit("/portal/requests", ".req"),
            new Visit("/portal/requests/" + incident, ".msg"),
            new Visit("/portal/requests/" + request, ".msg"),
            new Visit("/portal/requests/" + done, "talka-rating form"),
            new Visit("/portal/requests/" + done, ".again"),
            new Visit("/app/ticket/" + rated, ".rated-by"),
            new Visit("/app/dashboards/desk.satisfaction", ".plot, .bars"),
            new Visit("/portal/m/problem/problem.known-error/" + problem, ".prose"),
            new Visit("/portal/new/incident", "form.create"))
        .forEach(visit -> visit(page, visit));
  }

  private void visitKnowledge(String language, Page page) {
    assertThat(page.locator("nav a[href*='knowledge.articles']")).hasCount(1);
    Api self = new Api(talka.url()).signIn("pages-" + language + "-" + mark, PASSWORD);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("title", "Blank pages from a printer " + mark);
    values.put("summary", "What to try before you call.");
    values.put("body", "# Steps\n\n1. Switch it off\n2. Wait\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    values.put("audience", "people");
    values.put("language", language);
    String key = self.post("/knowledge/articles", values).expect(201).json().path("key").asText();
    step(self, key, "submit");
    step(talka.admin(), key, "approve");
    step(self, key, "publish");
    String article = "/knowledge/articles/" + key;
    self.send("PUT", "/knowledge/tickets/" + incident + "/articles/" + key, null, Map.of())
        .expect(204);
    self.post(article + "/comments", Map.of("body", "And if it has no switch?")).expect(201);
    self.post(
            "/knowledge/searches",
            Map.of("text", "no such thing " + mark, "place", "portal", "found", 0))
        .expect(204);
    String etag = self.get(article).expect(200).header("ETag").orElseThrow();
    self.patch(article, Map.of("body", "# Steps\n\n1. Restart it"), etag).expect(200);
    String pages = "/app/m/knowledge/knowledge.articles";
    List.of(
            new Visit(pages, ".pages li"),
            new Visit(pages + "?q=nothing+at+all", ".empty"),
            new Visit(pages + "/new", "form.form"),
            new Visit(pages + "/" + key, "article .prose"),
            new Visit(pages + "/" + key + "/edit", "form.form"),
            new Visit(pages + "/" + key + "/versions/2", ".diff"),
            new Visit(pages + "/manage", ".report"),
            new Visit("/app/ticket/" + incident, ".link a[href*='knowledge']"),
            new Visit("/app/search?q=" + mark, "section li a[href*='knowledge']"),
            new Visit("/portal/m/knowledge/knowledge.help", ".find"),
            new Visit("/portal/m/knowledge/knowledge.help/" + key, ".judge"))
        .forEach(visit -> visit(page, visit));
  }

  private static void step(Api who, String key, String step) {
    String article = "/knowledge/articles/" + key;
    String etag = who.get(article).expect(200).header("ETag").orElseThrow();
    who.send("POST", article + "/steps", Map.of("step", step), Map.of("If-Match", etag))
        .expect(200);
  }

  private void visitWithoutTheModule(Page page) {
    assertThat(page.locator("nav a[href*='problem.known-errors']")).hasCount(0);
    visit(page, new Visit("/app/ticket/" + problem, ".missing"));
    visit(page, new Visit("/app/ticket/" + incident, ".link.gone"));
  }

  /** Goes there as a link would, and looks at the page four times. */
  private void visit(Page page, Visit visit) {
    page.setViewportSize(1440, 900);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.evaluate(GO, visit.address());
    settled(page, "main", visit);
    visit.first().accept(page);
    settled(page, visit.shows(), visit);
    String where = visit.address() + " in " + page.locator("html").getAttribute("lang");
    faults.addAll(Browser.look(page, where));
  }

  private static void settled(Page page, String shows, Visit visit) {
    try {
      page.waitForFunction(SETTLED, shows);
    } catch (TimeoutError late) {
      throw new AssertionError(visit.address() + " does not come to show " + shows, late);
    }
  }

  private static void signIn(Page page, String username) {
    page.setViewportSize(1440, 900);
    Browser.signIn(page, username, PASSWORD);
  }

  private static void planInstall(Page page) {
    page.locator(".mod .a > button.btn").first().click();
  }

  private static void planUninstall(Page page) {
    // other modules may have been here before, and are offered again
    Locator running = page.locator(".mod:not(.off)").first();
    running.locator("talka-menu button").first().click();
    running.locator("[role=menuitem]").last().click();
  }

  private static void bell(Page page) {
    assertThat(page.locator(".badge")).isVisible();
    page.locator("talka-bell > button").click();
  }

  private static void portalBell(Page page) {
    // the workspace, with a bell of its own, is there until the portal has come
    assertThat(page.locator(".hero")).isVisible();
    bell(page);
  }

  private static void bellChoices(Page page) {
    bell(page);
    page.locator(".notices > header .square").click();
  }

  private static void listOptions(Page page) {
    page.locator(".listhead talka-menu > button").last().click();
  }

  private static void askWhereTo(Page page) {
    page.locator(".board-card .card-menu").first().click();
  }

  private static void saveView(Page page) {
    listOptions(page);
    page.locator(".listhead [role=menuitem]").first().click();
  }

  private static void choose(Page page) {
    page.locator(".grid .heads input").check();
  }

  private static void bulk(Page page) {
    choose(page);
    page.locator(".bulk-bar .primary").click();
  }

  private static void preview(Page page) {
    page.locator("talka-composer textarea").fill("*Soon*, see `INC-1`");
    page.locator("talka-composer [aria-pressed]").click();
  }

  private static void canned(Page page) {
    page.locator("talka-composer .foot button.quiet:not([aria-pressed])").click();
  }

  private static void openMore(Page page) {
    page.locator(".title talka-menu button").first().click();
  }

  private static void startTransition(Page page) {
    page.locator(".acts > button.btn", new Page.LocatorOptions().setHasText("…")).first().click();
  }

  private static void newThing(Page page) {
    page.locator(".head .primary").click();
  }

  private static void firstField(Page page) {
    // behind those that every ticket has, the first is a choice
    page.locator("button.person-row").nth(10).click();
  }

  private static void firstState(Page page) {
    page.locator("svg.flow .box").first().press("Enter");
  }

  private static void firstStep(Page page) {
    page.locator("svg.flow .way-name").first().press("Enter");
  }

  private static void sendEmpty(Page page) {
    page.locator("form.create button.primary").click();
  }

  private static void openPalette(Page page) {
    page.keyboard().press("Control+k");
    Locator box = page.locator("dialog[open] input");
    box.fill("blank");
  }

  private static void ask(Page page) {
    page.locator(".ask input").fill("blank pages");
  }

  private void makeKnownError(Api self) {
    String etag = self.get("/tickets/" + problem).expect(200).header("ETag").orElseThrow();
    Map<String, Object> fields =
        Map.of(
            "rootCause",
            "The sensor is read wrongly",
            "workaround",
            "Switch it off and on",
            "knownErrorPublic",
            true);
    self.patch("/tickets/" + problem, Map.of("fields", fields), etag).expect(200);
    for (String transition : List.of("assess", "analyse", "confirm-known-error")) {
      self.post("/tickets/" + problem + "/transitions", Map.of("transition", transition))
          .expect(200);
    }
  }

  private static String closed(Api self, String subject) {
    String key = self.ticket("incident", subject);
    Map<String, Object> fields = Map.of("resolutionCode", "fixed");
    String path = "/tickets/" + key + "/transitions";
    self.post(path, Map.of("transition", "resolve", "fields", fields)).expect(200);
    self.post(path, Map.of("transition", "close")).expect(200);
    return key;
  }

  private void task(Api self, String title, String due, String language) {
    String who = "pages-" + language + "-" + mark;
    self.post(
            "/tickets/" + incident + "/tasks", Map.of("title", title, "due", due, "assignee", who))
        .expect(201);
  }

  private static void comment(Api self, String key, String visibility, String body) {
    self.post("/tickets/" + key + "/comments", Map.of("body", body, "visibility", visibility))
        .expect(201);
  }

  private static void person(Api admin, String username, String language) {
    Map<String, Object> person = new LinkedHashMap<>();
    person.put("username", username);
    person.put("displayName", language.equals("lv") ? "Ilze Kalniņa" : "Iris Walker");
    person.put("email", username + "@example.org");
    person.put("password", PASSWORD);
    person.put("roles", List.of("admin"));
    person.put("locale", language);
    admin.post("/users", person).expect(201);
  }
}
