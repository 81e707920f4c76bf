/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may read the audit finds what was done, and takes it away as a file. */
@ExtendWith(SharedTalka.class)
class AuditPageTest {
  private static final String PASSWORD = "Correct-horse-9-battery";

  private final RunningTalka talka;
  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  AuditPageTest(RunningTalka talka) {
    this.talka = talka;
  }

  @Test
  void theListIsNarrowedDownAndRefusedToOthers() {
    Api admin = talka.admin();
    Api agent = admin.person("audit-" + mark, "Other", "agent");
    agent.get("/audit").expect(403);
    agent.get("/audit/export").expect(403);
    // signing in is of the same object
    String object = "person:audit-" + mark + "&action=person.created";
    Api.Answer found = admin.get("/audit?object=" + object).expect(200);
    assertEquals(List.of("person.created"), found.json().path("items").findValuesAsText("action"));
    assertEquals(
        0, admin.get("/audit?object=" + object + "&to=2020-01-01").json().path("items").size());
    assertEquals(
        1, admin.get("/audit?object=" + object + "&from=2020-01-01").json().path("items").size());
    Api.Answer wrong = admin.get("/audit?from=yesterday").expect(422);
    assertEquals("from", wrong.json().path("errors").path(0).path("field").asText());
    String csv = admin.get("/audit/export?object=" + object).expect(200).text();
    assertEquals(2, csv.lines().count(), csv);
    assertTrue(csv.contains("\"person.created\",\"person:audit-" + mark + "\""), csv);
    String exported = admin.get("/audit?action=audit.exported&limit=1").expect(200).text();
    assertTrue(exported.contains("\"admin\""), exported);
  }

  @Test
  void aManagerReadsWhatWasDoneInSentencesAndTheRawEntryOnDemand() throws IOException {
    Api admin = talka.admin();
    admin.person("reads-" + mark, "Ilze Kalniņa", "manager", PASSWORD);
    for (int i = 0; i < 55; i++) {
      admin.post("/teams", Map.of("key", "t" + i + "-" + mark, "name", "Team " + i)).expect(201);
    }
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.examined("en");
        page.navigate("/");
        page.getByLabel("User name").fill("reads-" + mark);
        page.getByLabel("Password").fill(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator(".home")).isVisible();
        page.locator("nav a[href='/app/audit']").click();
        assertThat(page.getByText("reads-" + mark + " signed in").first()).isVisible();
        assertEquals(List.of(), Browser.bareKeys(page));
        page.getByLabel("Who (user name)").fill("admin");
        page.getByLabel("What", new Page.GetByLabelOptions().setExact(true))
            .selectOption("team.created");
        page.getByRole(AriaRole.BUTTON, exactly("Show")).click();
        page.waitForURL(Pattern.compile(".*/app/audit\\?actor=admin&action=team\\.created$"));
        Locator rows = page.locator(".audit > li");
        assertThat(rows).hasCount(50);
        assertThat(rows.first()).containsText("admin created the team t54-" + mark);
        rows.first().locator("summary").click();
        assertThat(rows.first()).containsText("team:t54-" + mark);
        readable(page);
        page.getByRole(AriaRole.BUTTON, exactly("Show more")).click();
        assertThat(rows.nth(54)).containsText("t0-" + mark);
        Download file =
            page.waitForDownload(
                () ->
                    page.getByRole(
                            AriaRole.LINK, new Page.GetByRoleOptions().setName("Export as CSV"))
                        .click());
        assertEquals("audit.csv", file.suggestedFilename());
        assertTrue(Files.readString(file.path()).contains("team:t0-" + mark));
        page.getByLabel("To what").fill("person:nobody-" + mark);
        page.getByRole(AriaRole.BUTTON, exactly("Show")).click();
        assertThat(page.getByText("Nothing like that was done")).isVisible();
        page.goBack();
        assertThat(rows).hasCount(50);
        browser.assertNoComplaints();
      } catch (RuntimeException | Error e) {
        browser.keepPictures("audit");
        throw e;
      }
    }
  }

  private static Page.GetByRoleOptions exactly(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void readable(Page page) {
    assertEquals(List.of(), Browser.accessibility(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    assertEquals(List.of(), Browser.contrast(page));
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
  }
}
