/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.text;

import java.util.regex.Pattern;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** What rendered markdown may consist of; everything else is taken out. */
final class SafeHtml {
  private static final Pattern PICTURE =
      Pattern.compile("/api/v1/(?:[A-Za-z0-9_-]{1,60}/){1,8}inline");

  private static final Pattern ALIGN = Pattern.compile("left|right|center");
  private static final Pattern LANGUAGE = Pattern.compile("language-[A-Za-z0-9_+-]{1,40}");
  private static final Pattern START = Pattern.compile("\\d{1,9}");

  private final PolicyFactory policy =
      new HtmlPolicyBuilder()
          .allowElements(
              "p",
              "br",
              "hr",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "em",
              "strong",
              "del",
              "code",
              "pre",
              "blockquote",
              "ul",
              "ol",
              "li",
              "table",
              "thead",
              "tbody",
              "tr",
              "th",
              "td",
              "a",
              "input",
              "span")
          .allowElements((name, attributes) -> attributes.contains("src") ? name : null, "img")
          // pictures of this desk alone: one from elsewhere would tell its owner who reads
          .allowAttributes("src")
          .matching(PICTURE)
          .onElements("img")
          .allowAttributes("alt")
          .onElements("img")
          .allowAttributes("href")
          .onElements("a")
          .allowStandardUrlProtocols()
          .allowUrlProtocols("tel")
          .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
          .allowAttributes("align")
          .matching(ALIGN)
          .onElements("th", "td")
          .allowAttributes("class")
          .matching(LANGUAGE)
          .onElements("code")
          .allowAttributes("start")
          .matching(START)
          .onElements("ol")
          // people who are called by name
          .allowAttributes("class")
          .matching(Pattern.compile("mention"))
          .onElements("span")
          .allowAttributes("title")
          .onElements("span")
          // the check marks of task lists, for show
          .allowAttributes("type")
          .matching(Pattern.compile("checkbox"))
          .onElements("input")
          .allowAttributes("disabled", "checked")
          .onElements("input")
          .toFactory();

  String clean(String html) {
    return policy.sanitize(html);
  }
}
