/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.itest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Articles and configuration items that go with the demonstration, for the pictures. */
final class ModuleExamples {
  private static final String ARTICLES = "/knowledge/articles";
  private static final String ITEMS = "/cmdb/items";

  private final Api author;
  private final Api manager;

  ModuleExamples(Api author, Api manager) {
    this.author = author;
    this.manager = manager;
  }

  /**
   * @return the key of the article about the VPN
   */
  String articles() {
    article(
        "Connect to the wireless network",
        "For guests and for your own phone.",
        "1. Choose *Harbour-Guest*.\n2. Open any page.\n3. Enter the code of the day.",
        "public");
    article(
        "Savienot tālruni ar darba pastu",
        "iOS un Android, piecas minūtes.",
        "1. Atveriet **Iestatījumi › Pasts**.\n2. Ievadiet savu darba adresi.",
        "people");
    article(
        "Free a jammed plotter",
        "What to do when paper is stuck in the plotter.",
        "1. Open the lid.\n2. Pull the paper *in its direction*.\n3. Close the lid and wait.",
        "people");
    article(
        "Reset the token of a crane driver",
        "Only after a call back to the shift leader.",
        "1. Call the shift leader back.\n2. Revoke the token.\n3. Issue a new one.",
        "agents");
    return article(
        "VPN drops every few minutes",
        "Clients older than 5.2.3 forget to say that they are still there.",
        """
        Your connection to the office ends after three to five minutes and comes back by itself.

        ## What helps

        1. Open the **software centre**.
        2. Install *VPN client 5.2.3*.
        3. Start the computer again.

        > Until then, connect by cable or from the guest network.
        """,
        "people");
  }

  private String article(String title, String summary, String body, String audience) {
    Map<String, Object> values =
        Map.of("title", title, "summary", summary, "body", body, "audience", audience);
    String key = author.post(ARTICLES, values).expect(201).json().path("key").asText();
    step(author, key, "submit");
    step(manager, key, "approve");
    step(author, key, "publish");
    return key;
  }

  private static void step(Api who, String key, String step) {
    String etag = who.get(ARTICLES + "/" + key).expect(200).header("ETag").orElseThrow();
    who.send(
            "POST", ARTICLES + "/" + key + "/steps", Map.of("step", step), Map.of("If-Match", etag))
        .expect(200);
  }

  /**
   * @return the key of the server that much stands on
   */
  String items() {
    String vpn = item("service", "Remote access");
    String mail = item("service", "Mail");
    String cargo = item("service", "Cargo planning");
    String gateway = item("cluster", "VPN gateways");
    String first = item("network-device", "vpn-gw-1");
    String second = item("network-device", "vpn-gw-2");
    String exchange = item("application", "Exchange");
    String planner = item("application", "Cargo planner");
    String database = item("database", "cargo-db");
    String host = item("server", "harbour-esx-3");
    item("server", "harbour-esx-4");
    relate(vpn, "depends-on", gateway);
    relate(gateway, "depends-on", first, second);
    manager
        .send("PUT", ITEMS + "/" + gateway + "/rules/depends-on", Map.of("policy", "any"), Map.of())
        .expect(204);
    relate(mail, "depends-on", exchange);
    relate(cargo, "depends-on", planner);
    relate(planner, "depends-on", database);
    relate(exchange, "runs-on", host);
    relate(database, "runs-on", host);
    relate(first, "connects", host);
    return host;
  }

  private String item(String classKey, String name) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("classKey", classKey);
    body.put("name", name);
    JsonNode made = manager.post(ITEMS, body).expect(201).json();
    return made.path("key").asText();
  }

  private void relate(String from, String type, String... to) {
    for (String item : List.of(to)) {
      manager
          .post(ITEMS + "/" + from + "/relations", Map.of("type", type, "item", item))
          .expect(201);
    }
  }
}
