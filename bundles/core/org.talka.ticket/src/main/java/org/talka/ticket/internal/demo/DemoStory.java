/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the demonstration consists of.
 *
 * @param organisations key and name; likewise {@code teams}
 * @param people user name, name, role, language, team keys, organisation key
 * @param links subject, link type, subject
 */
record DemoStory(
    List<List<String>> organisations,
    List<List<String>> teams,
    List<List<Object>> people,
    List<DemoTicket> tickets,
    List<List<String>> links) {

  /**
   * A ticket and what happens to it.
   *
   * @param neededIn so many days after it was made it is needed; 0 when nobody said so
   * @param steps {@code say}, who, text; {@code note}, who, text; {@code task}, who, title,
   *     assignee, due in so many days; {@code rate}, who, word, stars; or {@code move}, who,
   *     transition, comment, fields
   */
  record DemoTicket(
      String type,
      String requester,
      Map<String, Object> values,
      int neededIn,
      List<List<Object>> steps) {
    /** The steps after which nothing is to be done. */
    private static final Set<String> LAST =
        Set.of("resolve", "close", "fulfil", "reject", "cancel");

    boolean finished() {
      return steps.stream()
          .anyMatch(step -> step.get(0).equals("move") && LAST.contains((String) step.get(2)));
    }
  }

  static DemoStory read() {
    try (InputStream in = DemoStory.class.getResourceAsStream("/demo/demo.json")) {
      return JsonMapper.builder().build().readValue(in, DemoStory.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
