/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes small archives in memory, of articles that stand in no database. */
public final class Archives {
  private Archives() {}

  /**
   * @param desk what its origin is called
   * @param articles as they stand in an archive, without files
   */
  public static byte[] of(
      String desk, List<Map<String, Object>> categories, List<Map<String, Object>> articles) {
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("format", Layout.FORMAT);
    head.put("version", Layout.VERSION);
    head.put("desk", desk);
    head.put("articles", articles.stream().map(article -> article.get("key")).toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, Layout.HEAD, head);
      entry(zip, Layout.SHELVES, Map.of("categories", categories));
      for (Map<String, Object> article : articles) {
        entry(zip, Layout.article((String) article.get("key")), article);
      }
      entry(zip, Layout.END, Map.of("articles", articles.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, Map<String, Object> content)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(Json.write(content));
    zip.closeEntry();
  }
}
