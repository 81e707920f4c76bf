/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.regex.Pattern;

/**
 * What an archive of articles is: a ZIP whose entries come in this order, so that it is written and
 * read as a stream. The format is described in {@code docs/knowledge.md}.
 */
final class Layout {
  static final String FORMAT = "talka-knowledge";

  /** Grows when an archive can no longer be read by who knows the one before. */
  static final int VERSION = 1;

  /** The first entry: what it is, where it comes from, and the numbers of all its articles. */
  static final String HEAD = "talka-knowledge.json";

  static final String SHELVES = "categories.json";

  /** The last entry: without it something is missing. */
  static final String END = "end.json";

  static final Pattern ARTICLE = Pattern.compile("articles/(KB-[0-9]{6,15})\\.json");
  static final Pattern FILE = Pattern.compile("files/(KB-[0-9]{6,15})/([0-9]{1,18})");

  private Layout() {}

  static String article(String key) {
    return "articles/" + key + ".json";
  }

  static String file(String key, long id) {
    return "files/" + key + "/" + id;
  }
}
