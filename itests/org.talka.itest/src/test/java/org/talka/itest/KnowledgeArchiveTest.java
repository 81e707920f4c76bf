/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Archives of articles, as those who look after knowledge bring them in. */
@ExtendWith(SharedTalka.class)
class KnowledgeArchiveTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final String ARTICLES = "/knowledge/articles";
  private static final String HEAD = "talka-knowledge.json";

  private final RunningTalka talka;
  private final String mark = "a" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> faults = new ArrayList<>();
  private Api admin;
  private Api manager;
  private String lamps;
  private String keys;
  private Page page;

  KnowledgeArchiveTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void twoArticles() {
    admin = talka.admin();
    if (!admin.moduleState("knowledge").equals("ACTIVE")) {
      admin.operate("install", "knowledge");
    }
    manager("en");
    manager("lv");
    manager = new Api(talka.url()).signIn(username("en"), PASSWORD);
    lamps = article("Lamps");
    keys = article("Keys");
  }

  @AfterEach
  void leftAsItWasFound() {
    admin.operate("uninstall", "knowledge");
  }

  private void manager(String language) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("username", username(language));
    values.put("displayName", "Marta Manages");
    values.put("email", username(language) + "@example.org");
    values.put("password", PASSWORD);
    values.put("roles", List.of("manager"));
    values.put("locale", language);
    admin.post("/users", values).expect(201);
  }

  private String username(String language) {
    return "manager-" + language + "-" + mark;
  }

  private String article(String title) {
    return manager
        .post(ARTICLES, Map.of("title", title + " " + mark, "body", "As it was"))
        .expect(201)
        .json()
        .path("key")
        .asText();
  }

  private int here() {
    return manager.get(ARTICLES + "?q=" + mark).expect(200).json().path("items").size();
  }

  private Map<String, byte[]> exported() throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(manager.stream("/knowledge/archive"))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }

  /** This test's two articles as another desk would write them, one with a kind that is none. */
  private Map<String, byte[]> foreign() throws IOException {
    Map<String, byte[]> entries = exported();
    entries
        .keySet()
        .removeIf(name -> name.contains("KB-") && !name.contains(lamps) && !name.contains(keys));
    change(entries, HEAD, "desk", "elsewhere-" + mark);
    change(entries, "articles/" + keys + ".json", "kind", "cats");
    entries.put("end.json", "{\"articles\":2}".getBytes(StandardCharsets.UTF_8));
    return entries;
  }

  private static void change(Map<String, byte[]> entries, String name, String field, String value)
      throws IOException {
    ObjectNode document = (ObjectNode) Api.JSON.readTree(entries.get(name));
    entries.put(name, Api.JSON.writeValueAsBytes(document.put(field, value)));
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  private void open(Browser browser, String language) {
    page = browser.examined(language);
    page.navigate("/");
    Browser.signIn(page, username(language), PASSWORD);
    page.navigate(talka.url() + "/app/m/knowledge/knowledge.articles/manage");
    assertThat(page.locator("input[role=switch]")).hasCount(2);
  }

  private void bring(String name, byte[] content) {
    page.locator("input[type=file]").setInputFiles(new FilePayload(name, "", content));
  }

  private Locator dialog() {
    return page.getByRole(AriaRole.DIALOG);
  }

  private Locator button(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private void look(String where) {
    faults.addAll(Browser.look(page, "archive " + where));
  }

  /** The one in the foot, which has words. */
  private void close(String name) {
    button(name).last().click();
    assertThat(dialog()).hasCount(0);
  }

  private interface Work {
    void go() throws IOException;
  }

  private void browsing(Work work) throws IOException {
    try (Browser browser = new Browser(talka.url())) {
      try {
        open(browser, "en");
        work.go();
        page.context().close();
        open(browser, "lv");
        inLatvian();
        // what is no archive is refused, which a browser tells
        browser.assertNoComplaintsBut(400);
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("knowledge-archive");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  @Test
  void anArchiveSaysWhatItWouldBringBeforeItBringsIt() throws IOException {
    Map<String, byte[]> own = exported();
    manager
        .patch(
            ARTICLES + "/" + lamps,
            Map.of("summary", "Changed since"),
            manager.get(ARTICLES + "/" + lamps).header("ETag").orElseThrow())
        .expect(200);
    byte[] foreign = zip(foreign());
    browsing(
        () -> {
          whatIsNoArchiveIsSaidSo();
          whatWasChangedHereStays(zip(own));
          whatIsNewComesIn(foreign);
          whatIsHereIsNotBroughtAgain(foreign);
        });
  }

  private void whatIsNoArchiveIsSaidSo() throws IOException {
    refused("no.zip", "no archive".getBytes(StandardCharsets.UTF_8), "no archive of articles");
    look("refused");
    close("Close");
    refused("empty.zip", new byte[0], "no archive of articles");
    close("Close");
    Map<String, byte[]> headless = exported();
    headless.remove(HEAD);
    refused("headless.zip", zip(headless), "no archive of articles");
    close("Close");
    refused("texts.json", "{\"texts\":[]}".getBytes(StandardCharsets.UTF_8), "no file of articles");
    close("Close");
  }

  private void refused(String name, byte[] content, String words) {
    bring(name, content);
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText(words);
    assertThat(button("Bring it in")).hasCount(0);
  }

  private void whatWasChangedHereStays(byte[] own) {
    bring("articles.zip", own);
    assertThat(dialog()).containsText("0 articles are new here");
    assertThat(dialog().locator("li"))
        .containsText("Lamps " + mark + ": " + lamps + " was changed here");
    assertThat(button("Bring it in")).hasCount(0);
    close("Close");
    JsonNode still = manager.get(ARTICLES + "/" + lamps + "?version=working").json();
    assertEquals("Changed since", still.path("summary").asText());
  }

  private void whatIsNewComesIn(byte[] foreign) {
    bring("articles.zip", foreign);
    assertThat(dialog()).containsText("1 article is new here");
    assertThat(dialog().locator("li")).hasCount(1);
    assertThat(dialog().locator("li")).containsText("Keys " + mark);
    look("trial");
    close("Cancel");
    assertEquals(2, here(), "a trial does nothing");
    bring("articles.zip", foreign);
    button("Bring it in").click();
    assertThat(dialog().getByRole(AriaRole.HEADING)).hasText("1 article is here");
    assertThat(dialog().locator("li")).containsText("Keys " + mark);
    look("done");
    close("Close");
    assertEquals(3, here());
  }

  private void whatIsHereIsNotBroughtAgain(byte[] foreign) {
    bring("articles.zip", foreign);
    assertThat(dialog()).containsText("1 is here already");
    assertThat(button("Bring it in")).hasCount(0);
    close("Close");
  }

  private void inLatvian() throws IOException {
    bring("no.zip", new byte[] {1});
    assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("nav rakstu arhīvs");
    look("refused lv");
    close("Aizvērt");
    Map<String, byte[]> another = foreign();
    change(another, HEAD, "desk", "third-" + mark);
    bring("articles.zip", zip(another));
    assertThat(dialog()).containsText("1 raksts šeit ir jauns");
    look("trial lv");
    button("Ievest").click();
    assertThat(dialog().getByRole(AriaRole.HEADING)).hasText("Ievests 1 raksts");
    close("Aizvērt");
    assertEquals(4, here());
  }
}
