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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Knowledge, from the first word of an article to the answer that a requester gets by it. */
@ExtendWith(SharedTalka.class)
class KnowledgeTest {
  private static final String PASSWORD = "Correct-horse-9-battery";
  private static final String ARTICLES = "/knowledge/articles";

  private final RunningTalka talka;
  private final String mark = "k" + UUID.randomUUID().toString().substring(0, 8);
  private Api admin;

  KnowledgeTest(RunningTalka talka) {
    this.talka = talka;
  }

  @BeforeEach
  void installed() {
    admin = talka.admin();
    if (!admin.moduleState("knowledge").equals("ACTIVE")) {
      admin.operate("install", "knowledge");
    }
  }

  @AfterEach
  void leftAsItWasFound() {
    admin.operate("uninstall", "knowledge");
  }

  private static String etag(Api.Answer answer) {
    return answer.header("ETag").orElseThrow();
  }

  private static Api.Answer step(Api who, String key, String step, String note) {
    String etag = etag(who.get(ARTICLES + "/" + key).expect(200));
    return who.send(
        "POST",
        ARTICLES + "/" + key + "/steps",
        Map.of("step", step, "note", note),
        Map.of("If-Match", etag));
  }

  private static String published(Api author, Api reviewer, Map<String, Object> values) {
    String key = author.post(ARTICLES, values).expect(201).json().path("key").asText();
    step(author, key, "submit", "").expect(200);
    step(reviewer, key, "approve", "").expect(200);
    step(author, key, "publish", "").expect(200);
    return key;
  }

  private static List<String> keys(Api.Answer answer) {
    return answer.expect(200).json().path("items").findValuesAsText("key");
  }

  @Test
  void articlesFollowTheConventionsOfTheApi() {
    Api agent = admin.person("know-a-" + mark, "Agent", "agent");
    Api manager = admin.person("know-m-" + mark, "Manager", "manager");
    Api requester = admin.person("know-r-" + mark, "Requester", "requester");
    requester.post(ARTICLES, Map.of("title", "Mine")).expect(403);
    agent.post(ARTICLES, Map.of("title", " ")).expect(422);
    agent.post(ARTICLES, Map.of("title", "x", "audience", "cats")).expect(422);
    agent.post(ARTICLES, Map.of("title", "x", "audience", "teams")).expect(422);
    agent.post(ARTICLES, Map.of("title", "x", "shoe", 44)).expect(400);
    Api.Answer made =
        agent
            .post(
                ARTICLES,
                Map.of("title", "Blank pages " + mark, "body", "One\nTwo", "audience", "people"))
            .expect(201);
    String key = made.json().path("key").asText();
    String path = ARTICLES + "/" + key;
    assertTrue(made.header("Location").orElseThrow().endsWith(path));
    assertEquals("draft", made.json().path("stage").asText());
    // nobody but those who write sees a draft, and it says nothing of its existence
    requester.get(path).expect(404);
    requester.anonymous().get(path).expect(401);
    assertEquals(List.of(), keys(requester.get(ARTICLES + "?q=" + mark)));
    agent.patch(path, Map.of("title", "y"), null).expect(428);
    agent.patch(path, Map.of("title", "y"), "\"77\"").expect(412);
    agent.get(ARTICLES + "?limit=0").expect(400);
    agent.get(ARTICLES + "?after=forged").expect(400);
    agent.get(ARTICLES + "?after=" + cursor("+1000000000-12-31T23:59:59Z 1")).expect(400);
    agent.get(path + "/versions?after=forged").expect(400);
    agent.get(path + "/versions?at=" + Api.encode("+1000000000-12-31T23:59:59Z")).expect(400);
    agent.get(path + "/comments?after=forged").expect(400);
    agent.get("/knowledge/reports/misses?after=" + cursor("portal \0")).expect(400);
    agent.get(ARTICLES + "?state=lost").expect(400);
    agent.get(ARTICLES + "/KB-999999999").expect(404);

    // one who writes does not approve
    step(agent, key, "approve", "").expect(409);
    step(agent, key, "submit", "First text").expect(200);
    agent.patch(path, Map.of("body", "sneaked in"), etag(agent.get(path))).expect(409);
    agent.patch(path, Map.of("audience", "public"), etag(agent.get(path))).expect(403);
    agent.patch(path, Map.of("reviewer", "know-a-" + mark), etag(agent.get(path))).expect(403);
    step(agent, key, "approve", "").expect(403);
    step(manager, key, "send-back", "").expect(422);
    Api.Answer back = step(manager, key, "send-back", "Say which printer").expect(200);
    assertEquals("Say which printer", back.json().path("reviewNote").asText());
    agent.patch(path, Map.of("body", "One\nTwo\nThree"), etag(agent.get(path))).expect(200);
    step(agent, key, "submit", "").expect(200);
    step(manager, key, "approve", "").expect(200);
    Api.Answer out = step(agent, key, "publish", "").expect(200);
    assertTrue(out.json().path("reviewDue").asText().length() == 10, out.text());
    assertEquals(
        "Blank pages " + mark, requester.get(path).expect(200).json().path("title").asText());
    assertTrue(requester.get(path).json().path("can").isEmpty());
    openPortal(true);
    requester.anonymous().get(path).expect(404);
    openPortal(false);
    assertEquals(List.of(key), keys(requester.get(ARTICLES + "?q=" + mark)));

    // a manager's own text is no better
    String own =
        manager
            .post(ARTICLES, Map.of("title", "Own " + mark))
            .expect(201)
            .json()
            .path("key")
            .asText();
    step(manager, own, "submit", "").expect(200);
    step(manager, own, "approve", "").expect(403);

    // a newer draft stands beside what readers see
    Api.Answer newer =
        agent.patch(path, Map.of("body", "One\n2\nThree"), etag(agent.get(path))).expect(200);
    assertEquals(2, newer.json().path("number").asInt());
    assertEquals(1, requester.get(path).json().path("number").asInt());
    requester.get(path + "?version=2").expect(404);
    JsonNode diff = agent.get(path + "/versions/2/diff").expect(200).json();
    assertEquals(
        List.of("same", "removed", "added", "same"), diff.path("body").findValuesAsText("kind"));
    requester.get(path + "/versions").expect(403);
    String then = java.time.Instant.now().toString();
    step(agent, key, "submit", "").expect(200);
    step(manager, key, "approve", "").expect(200);
    step(agent, key, "publish", "").expect(200);
    assertEquals("One\n2\nThree", requester.get(path).json().path("body").asText());
    JsonNode seen = agent.get(path + "/versions?at=" + Api.encode(then)).expect(200).json();
    assertEquals(1, seen.path("items").path(0).path("number").asInt());
    agent.get(path + "/versions?at=yesterday").expect(400);
    Api.Answer restored =
        agent
            .send(
                "POST",
                path + "/versions/1/restore",
                null,
                Map.of("If-Match", etag(agent.get(path))))
            .expect(200);
    assertEquals("One\nTwo\nThree", restored.json().path("body").asText());
    assertEquals(3, restored.json().path("number").asInt());
    step(agent, key, "discard", "").expect(200);

    // who reads what is published is not for its author to widen
    agent.patch(path, Map.of("audience", "public"), etag(agent.get(path))).expect(403);
    manager.patch(path, Map.of("audience", "public"), etag(manager.get(path))).expect(200);
    Api visitor = requester.anonymous();
    visitor.get(path).expect(401);
    openPortal(true);
    JsonNode open = visitor.get(path).expect(200).json();
    assertTrue(open.path("owner").isMissingNode() || open.path("owner").isNull(), open.toString());
    assertEquals("", open.path("author").asText(), "nobody who works here");
    assertEquals(List.of(key), keys(visitor.get(ARTICLES + "?q=" + mark)));
    JsonNode answer =
        visitor.get("/portal/search?q=blank+" + mark).expect(200).json().path("items").path(0);
    assertEquals("Blank pages " + mark, answer.path("title").asText());
    visitorReads(answer.path("address").asText());
    openPortal(false);
    step(agent, key, "retire", "").expect(200);
    requester.get(path).expect(404);
    agent.get(path).expect(200);
  }

  /** Somebody who has not signed in, with the portal open to everybody. */
  private void visitorReads(String address) {
    try (Browser browser = new Browser(talka.url())) {
      Page page = browser.examined("en");
      page.navigate("/portal");
      page.getByLabel("What do you need help with?").fill("blank pages " + mark);
      page.locator(".sug a", new Page.LocatorOptions().setHasText("Blank pages " + mark)).click();
      page.waitForURL(java.util.regex.Pattern.compile(".*" + address));
      assertThat(page.getByRole(AriaRole.HEADING).first()).containsText("Blank pages " + mark);
      assertEquals(List.of(), Browser.look(page, "a visitor's article"));
      browser.assertNoComplaints();
    }
  }

  private static String cursor(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void openPortal(boolean open) {
    String etag = etag(admin.get("/appearance"));
    admin.patch("/appearance", Map.of("portal", open), etag).expect(200);
  }

  @Test
  void categoriesHoldArticlesAndStandInEachOther() {
    String top =
        admin
            .post("/knowledge/categories", Map.of("name", "Devices " + mark))
            .expect(201)
            .json()
            .path("id")
            .asText();
    Api.Answer made =
        admin
            .post("/knowledge/categories", Map.of("name", "Printers " + mark, "parent", top))
            .expect(201);
    String inner = made.json().path("id").asText();
    String path = "/knowledge/categories/";
    admin.patch(path + top, Map.of("parent", inner), "\"1\"").expect(422);
    admin.patch(path + inner, Map.of("name", ""), etag(made)).expect(422);
    admin.patch(path + inner, Map.of("name", "Print " + mark), etag(made)).expect(200);
    admin.patch(path + inner, Map.of("name", "Late " + mark), etag(made)).expect(412);
    String key =
        admin
            .post(ARTICLES, Map.of("title", "In it " + mark, "category", inner))
            .expect(201)
            .json()
            .path("key")
            .asText();
    assertEquals(List.of(key), keys(admin.get(ARTICLES + "?category=" + top)));
    admin.delete(path + inner).expect(409);
    admin.delete(path + top).expect(409);
    Api agent = admin.person("know-c-" + mark, "Agent", "agent");
    agent.post("/knowledge/categories", Map.of("name", "x")).expect(403);
    agent.get("/knowledge/categories").expect(200);
  }

  @Test
  void whatIsNotForTheRequesterDoesNotReachThem() {
    Api agent = admin.person("know-g-" + mark, "Agent", "agent");
    Api manager = admin.person("know-h-" + mark, "Manager", "manager");
    Api requester = admin.person("know-i-" + mark, "Requester", "requester");
    String secret =
        "The master code of the " + mark + " cabinet is kept in the second drawer, left.";
    String inside =
        published(
            agent,
            manager,
            Map.of("title", "Cabinet " + mark, "body", secret, "audience", "agents"));
    String open =
        published(
            agent,
            manager,
            Map.of("title", "Doors " + mark, "body", "Push.", "audience", "people"));
    String ticket = requester.ticket("incident", "The cabinet " + mark + " does not open");
    String there = "/knowledge/tickets/" + ticket;
    JsonNode shown = agent.get(there).expect(200).json();
    assertTrue(shown.path("suggested").findValuesAsText("key").contains(inside), shown.toString());
    requester.get(there).expect(403);
    assertFalse(
        keys(requester.get("/knowledge/suggestions?text=" + Api.encode("cabinet " + mark)))
            .contains(inside));

    Map<String, Object> wanted = new LinkedHashMap<>();
    wanted.put("article", inside);
    wanted.put("visibility", "public");
    wanted.put("whole", true);
    agent.post(there + "/insertions", wanted).expect(409);
    wanted.put("visibility", "internal");
    String words =
        agent.post(there + "/insertions", wanted).expect(200).json().path("text").asText();
    assertTrue(words.startsWith(secret), words);
    // nor by copying, whatever the page allows
    String comments = "/tickets/" + ticket + "/comments";
    agent.post(comments, Map.of("body", words, "visibility", "public")).expect(422);
    agent.post(comments, Map.of("body", "See " + inside, "visibility", "public")).expect(422);
    agent
        .post(comments, Map.of("body", "Hello,\n\n" + secret + "\n\nBye", "visibility", "public"))
        .expect(422);
    agent.post(comments, Map.of("body", words, "visibility", "internal")).expect(201);
    // others can only repeat what they have, and hear nothing of it
    requester
        .post(comments, Map.of("body", "What is " + inside + "?", "visibility", "public"))
        .expect(201);
    wanted.put("article", open);
    wanted.put("visibility", "public");
    words = agent.post(there + "/insertions", wanted).expect(200).json().path("text").asText();
    agent.post(comments, Map.of("body", words, "visibility", "public")).expect(201);
    // the link stands on the ticket, each for those who may know of it
    String references = "/tickets/" + ticket + "/references";
    assertEquals(
        List.of(inside, open),
        agent.get(references).expect(200).json().path("items").findValuesAsText("record"));
    assertEquals(
        List.of(open),
        requester.get(references).expect(200).json().path("items").findValuesAsText("record"));
    assertEquals(
        List.of(ticket),
        agent
            .get(ARTICLES + "/" + open + "/uses")
            .expect(200)
            .json()
            .path("items")
            .findValuesAsText("ticket"));
    // narrowed to agents, its title is none of the requester's business any more
    String path = ARTICLES + "/" + open;
    manager.patch(path, Map.of("audience", "agents"), etag(manager.get(path))).expect(200);
    assertTrue(requester.get(references).expect(200).json().path("items").isEmpty());
    manager.patch(path, Map.of("audience", "people"), etag(manager.get(path))).expect(200);
    // solved counts for what was used
    transition(agent, ticket, "resolve");
    assertEquals(1, agent.get(path).json().path("figures").path("solved").asInt());
    transition(requester, ticket, "reopen");
    assertEquals(0, agent.get(path).json().path("figures").path("solved").asInt());
    agent.send("DELETE", there + "/articles/" + inside, null, Map.of()).expect(204);
    assertEquals(
        List.of(open),
        agent.get(references).expect(200).json().path("items").findValuesAsText("record"));
  }

  private static void transition(Api who, String ticket, String transition) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transition", transition);
    body.put("comment", "Said so.");
    if (transition.equals("resolve")) {
      body.put("fields", Map.of("resolutionCode", "fixed"));
    }
    who.post("/tickets/" + ticket + "/transitions", body).expect(200);
  }

  @Test
  void readersSayWhatHelpsAndWhatTheyMiss() {
    Api agent = admin.person("know-v-" + mark, "Agent", "agent");
    Api manager = admin.person("know-w-" + mark, "Manager", "manager");
    Api reader = admin.person("know-x-" + mark, "Reader", "requester");
    String key =
        published(
            agent,
            manager,
            Map.of("title", "Badges " + mark, "body", "Ask.", "audience", "people"));
    String path = ARTICLES + "/" + key;
    assertTrue(reader.get(path + "/vote").expect(200).json().path("helpful").isMissingNode());
    reader.send("PUT", path + "/vote", Map.of("helpful", true), Map.of()).expect(204);
    reader.send("PUT", path + "/vote", Map.of("helpful", false), Map.of()).expect(204);
    reader.send("PUT", path + "/vote", Map.of(), Map.of()).expect(422);
    agent.send("PUT", path + "/vote", Map.of("helpful", true), Map.of()).expect(204);
    reader.post(path + "/views", Map.of("way", "page", "place", "portal")).expect(204);
    reader.post(path + "/views", Map.of("way", "flight", "place", "portal")).expect(422);
    JsonNode figures = agent.get(path).json().path("figures");
    assertEquals(1, figures.path("helpful").asInt());
    assertEquals(1, figures.path("unhelpful").asInt());
    assertEquals(1, figures.path("views").asInt());
    assertTrue(reader.get(path).json().path("figures").isMissingNode());

    reader.post(path + "/comments", Map.of("body", " ")).expect(422);
    String remark =
        reader
            .post(path + "/comments", Map.of("body", "Whom? " + mark))
            .expect(201)
            .json()
            .path("id")
            .asText();
    reader.get(path + "/comments").expect(403);
    agent.patch(path + "/comments/" + remark, Map.of("done", true), null).expect(200);
    agent.patch(path + "/comments/999999", Map.of("done", true), null).expect(404);
    JsonNode remarks = agent.get(path + "/comments").expect(200).json();
    assertTrue(remarks.path("items").path(0).path("done").asBoolean());

    // what nobody opened is a miss until somebody does
    String question = "where is the " + mark + " bicycle";
    reader
        .post(
            "/knowledge/searches",
            Map.of("text", "  " + question.toUpperCase(), "place", "portal", "found", 0))
        .expect(204);
    reader
        .post("/knowledge/searches", Map.of("text", question, "place", "portal", "found", 0))
        .expect(204);
    reader.get("/knowledge/reports/misses").expect(403);
    JsonNode miss = miss(agent, question);
    assertEquals(2, miss.path("times").asInt(), miss.toString());
    reader
        .post(path + "/views", Map.of("way", "search", "place", "portal", "text", question))
        .expect(204);
    assertTrue(miss(agent, question).isMissingNode());
    // who opened it and asks all the same was not answered
    long asked =
        agent.get("/knowledge/reports/deflection").expect(200).json().path("asked").asLong();
    reader.ticket("incident", "Where is it " + mark);
    assertEquals(
        asked + 1,
        agent.get("/knowledge/reports/deflection").expect(200).json().path("asked").asLong());
    agent.patch("/knowledge/settings", Map.of("reviewMonths", 3), null).expect(403);
    manager.patch("/knowledge/settings", Map.of("reviewMonths", -1), null).expect(422);
  }

  private static JsonNode miss(Api who, String text) {
    JsonNode page = who.get("/knowledge/reports/misses?limit=200").expect(200).json();
    for (JsonNode item : page.path("items")) {
      if (item.path("text").asText().equals(text)) {
        return item;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  @Test
  void aTranslationKnowsWhenItsSourceHasMovedOn() {
    Api agent = admin.person("know-t-" + mark, "Agent", "agent");
    Api manager = admin.person("know-u-" + mark, "Manager", "manager");
    Api reader = admin.person("know-y-" + mark, "Reader", "requester");
    String source =
        published(
            agent,
            manager,
            Map.of(
                "title", "Lunch " + mark, "body", "Noon", "audience", "people", "language", "en"));
    Map<String, Object> wanted = Map.of("translationOf", source, "language", "lv");
    Api.Answer begun = agent.post(ARTICLES, wanted).expect(201);
    String translation = begun.json().path("key").asText();
    assertEquals("Noon", begun.json().path("body").asText());
    assertEquals("people", begun.json().path("audience").asText());
    agent.post(ARTICLES, wanted).expect(422);
    agent.post(ARTICLES, Map.of("translationOf", "KB-999999999", "language", "lv")).expect(422);
    // until it is published, readers get the original
    String path = ARTICLES + "/" + source;
    assertEquals(source, reader.get(path + "?in=lv").expect(200).json().path("key").asText());
    step(agent, translation, "submit", "").expect(200);
    step(manager, translation, "approve", "").expect(200);
    step(agent, translation, "publish", "").expect(200);
    assertEquals(translation, reader.get(path + "?in=lv").expect(200).json().path("key").asText());
    assertEquals(source, reader.get(path + "?in=de").expect(200).json().path("key").asText());
    assertEquals(
        1,
        keys(reader.get("/knowledge/suggestions?text=" + Api.encode("lunch " + mark))).size(),
        "one of the family");
    // the original moves on
    agent.patch(path, Map.of("body", "One"), etag(agent.get(path))).expect(200);
    step(agent, source, "submit", "").expect(200);
    step(manager, source, "approve", "").expect(200);
    step(agent, source, "publish", "").expect(200);
    assertTrue(reader.get(ARTICLES + "/" + translation).json().path("outdated").asBoolean());
    String there = ARTICLES + "/" + translation;
    agent.patch(there, Map.of("body", "Viens"), etag(agent.get(there))).expect(200);
    step(agent, translation, "submit", "").expect(200);
    step(manager, translation, "approve", "").expect(200);
    step(agent, translation, "publish", "").expect(200);
    assertFalse(reader.get(there).json().path("outdated").asBoolean());
  }

  @Test
  void filesGoWithTheArticleAndReachItsReadersAlone() {
    Api agent = admin.person("know-e-" + mark, "Agent", "agent");
    Api reader = admin.person("know-f-" + mark, "Reader", "requester");
    String key =
        agent
            .post(ARTICLES, Map.of("title", "Plan " + mark, "audience", "people"))
            .expect(201)
            .json()
            .path("key")
            .asText();
    String files = ARTICLES + "/" + key + "/files";
    Api.Answer added = upload(agent, files, "plan.txt", "the plan").expect(201);
    assertFalse(added.json().path("image").asBoolean());
    upload(reader, files, "x.txt", "x").expect(403);
    upload(agent, files, "empty.txt", "").expect(422);
    String file = files + "/" + added.json().path("id").asText();
    Api.Answer got = agent.get(file).expect(200);
    assertEquals("the plan", got.text());
    assertTrue(got.header("Content-Disposition").orElseThrow().startsWith("attachment"));
    agent.get(file + "/inline").expect(404);
    reader.get(file).expect(404);
    agent.get(files + "/999999").expect(404);
    agent.send("DELETE", file, null, Map.of()).expect(204);
    agent.get(file).expect(404);
    // what comes with the next version is for readers once that is out
    String kept = files + "/" + uploaded(agent, files, "kept.txt");
    Api manager = admin.person("know-q-" + mark, "Manager", "manager");
    step(agent, key, "submit", "").expect(200);
    step(manager, key, "approve", "").expect(200);
    step(agent, key, "publish", "").expect(200);
    String next = files + "/" + uploaded(agent, files, "next.txt");
    reader.get(kept).expect(200);
    reader.get(next).expect(404);
    assertEquals(1, reader.get(files).expect(200).json().path("items").size());
    assertEquals(2, agent.get(files).expect(200).json().path("items").size());
    agent.send("DELETE", kept, null, Map.of()).expect(409);
    agent.send("DELETE", next, null, Map.of()).expect(204);
    openPortal(true);
    String path = ARTICLES + "/" + key;
    manager.patch(path, Map.of("audience", "public"), etag(manager.get(path))).expect(200);
    JsonNode open = reader.anonymous().get(files).expect(200).json().path("items").path(0);
    openPortal(false);
    assertEquals("", open.path("by").asText(), open.toString());
    manager.send("DELETE", kept, null, Map.of()).expect(204);
    // two who write one article hear of each other
    Api other = admin.person("know-j-" + mark, "Other", "agent");
    String editing = ARTICLES + "/" + key + "/editing";
    assertTrue(agent.post(editing, null).expect(200).json().path("others").isEmpty());
    assertEquals(
        "Agent", other.post(editing, null).expect(200).json().path("others").path(0).asText());
    agent.delete(editing).expect(204);
    assertTrue(other.post(editing, null).expect(200).json().path("others").isEmpty());
  }

  private static String uploaded(Api who, String path, String name) {
    return upload(who, path, name, name).expect(201).json().path("id").asText();
  }

  private static Api.Answer upload(Api who, String path, String name, String text) {
    String boundary = "talka-" + UUID.randomUUID();
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + name
            + "\"\r\nContent-Type: text/plain\r\n\r\n"
            + text
            + "\r\n--"
            + boundary
            + "--\r\n";
    return who.send(
        "POST", path, body, Map.of("Content-Type", "multipart/form-data; boundary=" + boundary));
  }

  @Test
  void articlesLeaveAndComeInAsDrafts() {
    Api agent = admin.person("know-l-" + mark, "Agent", "agent");
    Api manager = admin.person("know-n-" + mark, "Manager", "manager");
    String key =
        published(
            agent, manager, Map.of("title", "Out " + mark, "body", "Text", "audience", "people"));
    agent.get("/knowledge/export").expect(403);
    List<JsonNode> all = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = manager.get("/knowledge/export?limit=3" + after).expect(200).json();
      page.path("items").forEach(all::add);
      after = page.path("next").isNull() ? "" : "&after=" + Api.encode(page.path("next").asText());
    } while (!after.isEmpty());
    JsonNode out =
        all.stream()
            .filter(each -> each.path("key").asText().equals(key))
            .findFirst()
            .orElseThrow();
    assertEquals("Text", out.path("body").asText());
    Map<String, Object> delivery = new LinkedHashMap<>();
    delivery.put("articles", List.of(out, Map.of("title", "", "body", "nameless")));
    delivery.put("dryRun", true);
    JsonNode trial = manager.post("/knowledge/imports", delivery).expect(200).json();
    assertEquals(1, trial.path("accepted").asInt());
    assertEquals(1, trial.path("refused").asInt());
    assertEquals(1, keys(manager.get(ARTICLES + "?q=" + mark)).size(), "a trial does nothing");
    delivery.put("dryRun", false);
    JsonNode done = manager.post("/knowledge/imports", delivery).expect(200).json();
    String copy = done.path("items").path(0).path("key").asText();
    JsonNode draft = manager.get(ARTICLES + "/" + copy).expect(200).json();
    assertEquals("draft", draft.path("stage").asText());
    assertEquals("Text", draft.path("body").asText());
    agent.post("/knowledge/imports", delivery).expect(403);
  }

  @Test
  void fromAnEmptyPageToTheAnswerAndBackAfterARemoval() {
    for (String[] person :
        new String[][] {
          {"author", "agent", "en", "Anna Author"},
          {"reviewer", "manager", "lv", "Rita Pārskata"},
          {"asker", "requester", "en", "Reinis Asks"}
        }) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("username", person[0] + "-" + mark);
      values.put("displayName", person[3]);
      values.put("email", person[0] + mark + "@example.org");
      values.put("password", PASSWORD);
      values.put("roles", List.of(person[1]));
      values.put("locale", person[2]);
      admin.post("/users", values).expect(201);
    }
    Api asker = new Api(talka.url()).signIn("asker-" + mark, PASSWORD);
    String ticket = asker.ticket("incident", "The plotter " + mark + " jams");
    admin.operate("uninstall", "knowledge");
    List<String> faults = new ArrayList<>();
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page author = signIn(browser, "author", "en");
        assertThat(author.locator("nav a[href*='knowledge.articles']")).hasCount(0);
        admin.operate("install", "knowledge");
        // it comes into the open page
        author.locator("nav a[href*='knowledge.articles']").click();
        author.getByRole(AriaRole.LINK, named("New article")).click();
        author.getByLabel("Title").fill("Free a jammed plotter " + mark);
        author.getByLabel("Summary").fill("What to do when paper is stuck.");
        author
            .getByLabel("Text", new Page.GetByLabelOptions().setExact(true))
            .fill("# Steps\n\n1. Open the lid\n2. Pull the paper");
        author.getByRole(AriaRole.BUTTON, button("Preview")).click();
        assertThat(author.locator(".prose.card li")).hasCount(2);
        picture(author, "edit");
        faults.addAll(Browser.look(author, "edit"));
        author.getByRole(AriaRole.BUTTON, button("Save")).click();
        assertThat(author.getByRole(AriaRole.HEADING, heading("Free a jammed plotter " + mark)))
            .isVisible();
        author.getByRole(AriaRole.BUTTON, button("Hand in for review")).click();
        author.getByRole(AriaRole.DIALOG).getByLabel("Note").fill("Tried on the third floor");
        author
            .getByRole(AriaRole.DIALOG)
            .getByRole(AriaRole.BUTTON, in("Hand in for review"))
            .click();
        assertThat(author.locator("article .chip", text("In review"))).isVisible();
        faults.addAll(Browser.look(author, "article"));

        Page reviewer = signIn(browser, "reviewer", "lv");
        reviewer.navigate(
            talka.url() + "/app/m/knowledge/knowledge.articles?show=to-review&q=" + mark);
        assertThat(reviewer.locator(".pages li")).hasCount(1);
        picture(reviewer, "list");
        faults.addAll(Browser.look(reviewer, "list"));
        reviewer.locator(".pages a.t").click();
        reviewer.getByRole(AriaRole.BUTTON, button("Apstiprināt")).click();
        reviewer.getByRole(AriaRole.BUTTON, button("Publicēt")).click();
        assertThat(reviewer.locator("article .chip", text("Publicēts"))).isVisible();
        picture(reviewer, "article");
        faults.addAll(Browser.look(reviewer, "article"));
        reviewer.navigate(talka.url() + "/app/m/knowledge/knowledge.articles/manage");
        assertThat(reviewer.locator("input[role=switch]")).hasCount(2);
        picture(reviewer, "manage");
        faults.addAll(Browser.look(reviewer, "manage"));

        // who asks is answered before they have asked
        Page requester = browser.examined("en");
        requester.navigate("/");
        requester.locator("input[name=username]").fill("asker-" + mark);
        requester.locator("input[name=password]").fill(PASSWORD);
        requester.keyboard().press("Enter");
        requester.locator(".ask input").fill("plottr " + mark + " jam");
        assertThat(requester.locator(".t", text("Free a jammed plotter"))).isVisible();
        picture(requester, "portal");
        faults.addAll(Browser.look(requester, "portal"));
        requester.locator(".t", text("Free a jammed plotter")).click();
        assertThat(requester.getByRole(AriaRole.HEADING, heading("Free a jammed plotter " + mark)))
            .isVisible();
        assertThat(requester.locator(".prose li")).hasCount(2);
        picture(requester, "help");
        faults.addAll(Browser.look(requester, "help"));
        requester.navigate(talka.url() + "/portal/new/incident");
        requester
            .getByLabel("Subject")
            .or(requester.locator("form.create input").first())
            .first()
            .fill("jammed plotter " + mark);
        assertThat(requester.locator("form .t", text("Free a jammed plotter"))).isVisible();
        picture(requester, "form");
        faults.addAll(Browser.look(requester, "portal form"));

        // an agent answers with it
        author.navigate(talka.url() + "/app/ticket/" + ticket);
        assertThat(author.locator("aside a.t", text("Free a jammed plotter"))).isVisible();
        author.getByRole(AriaRole.BUTTON, button("Article")).click();
        author
            .getByRole(AriaRole.DIALOG)
            .getByRole(AriaRole.BUTTON, starting("Insert the text of"))
            .first()
            .click();
        assertThat(author.locator("talka-composer textarea"))
            .hasValue(java.util.regex.Pattern.compile("Pull the paper"));
        author.getByRole(AriaRole.BUTTON, button("Send")).click();
        assertThat(author.locator("talka-ticket .msg", text("Pull the paper"))).hasCount(1);
        assertThat(author.locator("aside .link", text("Free a jammed plotter"))).hasCount(1);
        picture(author, "ticket");
        faults.addAll(Browser.look(author, "ticket"));

        // the module goes: its title stays on the ticket; it comes back: everything is there
        admin.operate("uninstall", "knowledge");
        assertThat(author.locator("aside .link.gone", text("Free a jammed plotter"))).hasCount(1);
        assertThat(author.locator("nav a[href*='knowledge.articles']")).hasCount(0);
        picture(author, "tombstone");
        faults.addAll(Browser.look(author, "tombstone"));
        browser.assertNoComplaintsButOfWhatWent("/api/v1/knowledge/");
        browser.forgetComplaints();
        admin.operate("install", "knowledge");
        assertThat(author.locator("aside .link.gone")).hasCount(0);
        author.locator("aside .link a", text("Free a jammed plotter")).click();
        assertThat(author.getByRole(AriaRole.HEADING, heading("Free a jammed plotter " + mark)))
            .isVisible();
        author.getByRole(AriaRole.LINK, named("Versions")).click();
        assertThat(author.locator(".pages li")).hasCount(1);
        author.locator(".pages a.t").click();
        assertThat(author.locator(".diff .added").first()).isVisible();
        picture(author, "versions");
        faults.addAll(Browser.look(author, "versions"));
        browser.assertNoComplaints();
        assertEquals(List.of(), faults);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("knowledge");
        faults.forEach(System.out::println);
        throw e;
      }
    }
  }

  @Test
  void whatSomebodyIsWritingStaysWhileOthersWork() {
    String username = "writer-" + mark;
    admin.person(username, "Wanda Writes", "agent", PASSWORD);
    Api writer = new Api(talka.url()).signIn(username, PASSWORD);
    String key =
        writer
            .post(ARTICLES, Map.of("title", "Plotter " + mark, "body", "As it was"))
            .expect(201)
            .json()
            .path("key")
            .asText();
    String edit = "/app/m/knowledge/knowledge.articles/" + key + "/edit";
    try (Browser browser = new Browser(talka.url())) {
      try {
        Page page = browser.person(username, PASSWORD);
        page.locator("nav a[href*='knowledge.articles']").click();
        Locator find = page.locator("input[type=search]:visible").last();
        find.fill("plot");
        page.waitForURL("**/knowledge.articles?q=plot*");
        assertThat(page.locator(".pages li", text("Plotter " + mark))).isVisible();
        find.evaluate("box => { box.sameOne = true; }");
        writer
            .post("/tickets", Map.of("type", "incident", "subject", mark, "assignee", username))
            .expect(201);
        // the page has been drawn anew
        assertThat(page.locator("nav a[href='/app/queue/my'] .n")).hasText("1");
        page.keyboard().type("ter");
        assertThat(find).hasValue("plotter");
        assertThat(find).isFocused();
        assertEquals(true, find.evaluate("box => box.sameOne === true"));
        page.waitForURL("**/knowledge.articles?q=plotter");
        // the way to all of them is still one
        page.locator("nav a[href*='knowledge.articles']").click();
        assertThat(find).hasValue("");

        page.evaluate(PagesTest.GO, edit);
        Locator body = page.getByLabel("Text", new Page.GetByLabelOptions().setExact(true));
        assertThat(body).hasValue("As it was");
        body.fill("As it should be");
        page.locator("nav a[href='/app']").click();
        assertThat(page.locator("talka-home")).isVisible();
        // meanwhile somebody else changes another part of it
        Api.Answer now = writer.get(ARTICLES + "/" + key + "?version=working").expect(200);
        writer.patch(ARTICLES + "/" + key, Map.of("summary", "Meanwhile"), etag(now)).expect(200);
        page.evaluate(PagesTest.GO, edit);
        assertThat(body).hasValue("As it should be");
        assertThat(page.locator(".note", text("is back"))).isVisible();
        page.getByRole(AriaRole.BUTTON, button("Save")).click();
        assertThat(page.getByLabel("Summary")).hasValue("Meanwhile");
        page.getByRole(AriaRole.BUTTON, button("Save")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Plotter " + mark))).isVisible();
        JsonNode saved = writer.get(ARTICLES + "/" + key + "?version=working").json();
        assertEquals("As it should be", saved.path("body").asText());
        assertEquals("Meanwhile", saved.path("summary").asText());
        page.evaluate(PagesTest.GO, edit);
        assertThat(body).hasValue("As it should be");
        assertThat(page.locator(".note", text("is back"))).hasCount(0);

        body.fill("Not like this");
        page.getByRole(AriaRole.LINK, named("Cancel")).click();
        assertThat(page.getByRole(AriaRole.HEADING, heading("Plotter " + mark))).isVisible();
        page.evaluate(PagesTest.GO, edit);
        assertThat(body).hasValue("As it should be");
        browser.assertNoComplaintsBut(412);
      } catch (RuntimeException | Error e) {
        browser.keepPictures("knowledge-writing");
        throw e;
      }
    }
  }

  private Page signIn(Browser browser, String who, String language) {
    Page page = browser.examined(language);
    page.navigate("/");
    Browser.signIn(page, who + "-" + mark, PASSWORD);
    return page;
  }

  /** Kept when a folder is named, to be looked at. */
  private static void picture(Page page, String name) {
    String folder = System.getProperty("talka.shots", "");
    if (!folder.isEmpty()) {
      for (var scheme :
          com.microsoft.playwright.options.ColorScheme.values().length > 2
              ? List.of(
                  com.microsoft.playwright.options.ColorScheme.LIGHT,
                  com.microsoft.playwright.options.ColorScheme.DARK)
              : List.<com.microsoft.playwright.options.ColorScheme>of()) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(Path.of(folder, name + "-" + scheme.name().toLowerCase() + ".png")));
      }
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(com.microsoft.playwright.options.ColorScheme.LIGHT));
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions button(String name) {
    return named(name);
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Locator.GetByRoleOptions in(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByRoleOptions starting(String name) {
    return new Locator.GetByRoleOptions().setName(name);
  }

  private static Page.LocatorOptions text(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
