/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An organisation makes the desk its own, and open pages follow. */
@ExtendWith(SharedTalka.class)
class AppearanceTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final String ACCENT =
      "getComputedStyle(document.documentElement).getPropertyValue('--accent')";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);
  private String name;

  AppearanceTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void remember() {
    name = talka.admin().get("/appearance").expect(200).json().path("name").asText();
  }

  @AfterEach
  void asItWas() {
    Api admin = talka.admin();
    String etag = etag(admin);
    admin.send("DELETE", "/appearance/logo", null, Map.of("If-Match", etag)).expect(200);
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("accent", null);
    plain.put("term", null);
    if (!name.isEmpty()) {
      plain.put("name", name);
    }
    admin.patch("/appearance", plain, etag(admin)).expect(200);
  }

  @Test
  void appearanceFollowsTheConventionsOfTheApi() {
    Api admin = talka.admin();
    Api manager = admin.person("look-" + mark, "Other", "manager");
    String etag = etag(admin);
    admin.anonymous().get("/appearance").expect(200);
    manager.patch("/appearance", Map.of("name", "x"), etag).expect(403);
    admin.anonymous().patch("/appearance", Map.of("name", "x"), etag).expect(401);
    admin.patch("/appearance", Map.of("accent", "#aa0033"), null).expect(428);
    admin.patch("/appearance", Map.of("accent", "red"), etag).expect(422);
    admin.patch("/appearance", Map.of("term", "own"), etag).expect(422);
    Api.Answer changed = admin.patch("/appearance", Map.of("accent", "#AA0033"), etag).expect(200);
    assertEquals("#aa0033", changed.json().path("accent").asText());
    admin.patch("/appearance", Map.of("accent", "#0033aa"), etag).expect(412);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("If-Match", changed.header("ETag").orElseThrow());
    String svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    admin.send("PUT", "/appearance/logo", svg, headers).expect(422);
    String audit = admin.get("/audit?action=appearance.changed&limit=1").expect(200).text();
    assertTrue(audit.contains("#aa0033"), audit);
  }

  @Test
  void whatAnAdministratorSavesIsSeenInOpenPagesAndBeforeSigningIn() throws IOException {
    Api admin = talka.admin();
    admin.person("looks-" + mark, "Ilze Kalniņa", "admin", PASSWORD);
    admin.person("sees-" + mark, "Anna Ozola", "agent", PASSWORD);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page agent = signedIn(browser, "sees-" + mark);
        Object before = agent.evaluate(ACCENT);
        Page page = signedIn(browser, "looks-" + mark);
        page.locator("nav a[href='/app/appearance']").click();
        page.getByLabel("Name of the organisation").fill("Acme " + mark);
        page.getByLabel("Colour", new Page.GetByLabelOptions().setExact(true)).fill("#ffee00");
        // bright yellow can't be read on light, and the page says so
        Locator said = page.locator(".look-said");
        assertThat(said).containsText("On light it is shown as #");
        page.getByLabel("What the desk is called").selectOption("own");
        page.getByLabel("Our word (English)").fill("Hive");
        page.getByLabel("Our word (Latviešu)").fill("Strops");
        choose(page, "logo.png", "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));
        save(page);
        assertThat(page.getByText("The logo must be a PNG, JPEG or WebP picture.")).isVisible();
        readable(page);
        choose(page, "logo.png", png());
        assertThat(page.locator(".look-pane img.logo")).hasCount(2);
        assertThat(agent.locator(".top .brand")).not().containsText(mark);
        save(page);
        assertThat(page.getByText("Saved", new Page.GetByTextOptions().setExact(true))).isVisible();
        assertThat(page).hasTitle("Appearance · Acme " + mark);
        // the other page follows by itself
        assertThat(agent.locator(".top .brand")).hasText("Acme " + mark);
        assertThat(agent.locator(".top img.logo")).isVisible();
        assertThat(agent.locator("nav h3", text("Hive"))).isVisible();
        assertThat(agent).hasTitle(Pattern.compile(".* · Acme " + mark));
        agent.waitForCondition(() -> !before.equals(agent.evaluate(ACCENT)));
        assertEquals(
            64.0,
            ((Number) agent.evaluate("document.querySelector('.top img').naturalWidth"))
                .doubleValue());
        readable(agent);
        agent.navigate(talka.url() + "/portal");
        assertThat(agent.locator(".p-top .brand")).hasText("Acme " + mark);
        assertThat(agent.locator(".p-top img.logo")).isVisible();
        readable(agent);
        Page stranger = browser.examined("lv");
        stranger.navigate("/");
        assertThat(stranger.locator(".gate-of")).hasText("Acme " + mark + " · Strops");
        assertThat(stranger.locator(".gate-card img.logo")).isVisible();
        assertThat(stranger).hasTitle("Pierakstīties · Acme " + mark);
        readable(stranger);
        browser.assertNoComplaintsBut(422);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("appearance");
        throw e;
      }
    }
  }

  @Test
  void aPageWhoseStreamWasAwayShowsWhatWasSavedMeanwhile() {
    Api admin = talka.admin();
    admin.person("away-" + mark, "Anna Ozola", "agent", PASSWORD);
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.examined("en");
        page.addInitScript(
            """
            window.streams = [];
            window.EventSource = class extends EventSource {
              constructor(...given) {
                super(...given);
                streams.push(this);
              }
            };
            """);
        page.navigate("/");
        Browser.signIn(page, "away-" + mark, PASSWORD);
        page.waitForFunction("() => streams.at(-1)?.readyState === EventSource.OPEN");
        page.route("**/api/v1/events*", route -> route.abort());
        // the stream ends for good, and the next one does not come about
        page.waitForRequest(
            "**/api/v1/events*",
            () -> page.evaluate("() => { const s = streams.at(-1); s.close(); s.onerror(); }"));
        admin.patch("/appearance", Map.of("name", "Away " + mark), etag(admin)).expect(200);
        assertThat(page.locator(".top .brand")).not().containsText(mark);
        page.unroute("**/api/v1/events*");
        assertThat(page.locator(".top .brand")).hasText("Away " + mark);
        browser.assertNoComplaintsButFailedRequests();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("appearance");
        throw e;
      }
    }
  }

  private static Page signedIn(Browser browser, String username) {
    Page page = browser.examined("en");
    page.navigate("/");
    page.getByLabel("User name").fill(username);
    page.getByLabel("Password").fill(PASSWORD);
    page.keyboard().press("Enter");
    assertThat(page.locator(".home")).isVisible();
    return page;
  }

  private static void choose(Page page, String name, byte[] bytes) {
    page.locator("talka-appearance input[type=file]")
        .setInputFiles(new FilePayload(name, "image/png", bytes));
    assertThat(page.locator(".look-logo img.logo")).isVisible();
  }

  private static void save(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save").setExact(true))
        .click();
  }

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 3, 0xaa0033);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static String etag(Api api) {
    return api.get("/appearance").expect(200).header("ETag").orElseThrow();
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static void readable(Page page) {
    assertEquals(List.of(), Browser.accessibility(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertEquals(List.of(), Browser.contrast(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }
}
