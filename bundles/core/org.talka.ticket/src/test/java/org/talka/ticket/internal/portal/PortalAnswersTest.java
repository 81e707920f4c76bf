/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.talka.ticket.internal.fake.DeskUnderTest.RITA;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.search.PortalFind;
import org.talka.api.search.PortalSearch;
import org.talka.api.security.Caller;
import org.talka.ticket.internal.fake.FakeCaller;
import org.talka.ticket.internal.fake.FakeCallers;
import org.talka.ticket.internal.fake.FakeGate;

class PortalAnswersTest {
  private static final Caller VISITOR =
      new FakeCaller(
          Caller.Kind.ANONYMOUS,
          Optional.empty(),
          "anonymous",
          Set.of(),
          Optional.empty(),
          Map.of());

  private final FakeGate gate = new FakeGate();
  private final FakeCallers callers = new FakeCallers();
  private final PortalAnswers answers = new PortalAnswers(callers, gate);
  private final List<Caller> asked = new ArrayList<>();

  @Test
  void visitorsAreAnsweredOnlyByThoseWhoSaySo() {
    add("articles", Map.of(PortalSearch.PUBLIC, true), find("Public"));
    add("errors", Map.of(), find("For people of the house"));
    add("news", Map.of(PortalSearch.PUBLIC, "false"), find("Not yet"));
    assertEquals(List.of("Public"), titles(VISITOR, "printer"));
    assertEquals(List.of(VISITOR), asked);
    assertEquals(List.of("Public", "For people of the house", "Not yet"), titles(RITA, "printer"));
  }

  @Test
  void aModuleThatFailsOrIsAwayTakesNoOtherAway() {
    gate.add(
        PortalSearch.class,
        "broken",
        context -> {
          throw DomainException.conflict("error.gate.failed");
        },
        Map.of());
    add("away", Map.of(), find("Away"));
    add("good", Map.of(), find("Here"));
    gate.open("away");
    assertEquals(List.of("Here"), titles(RITA, "printer"));
  }

  @Test
  void anAnswerLeadsNowhereButIntoThePortal() {
    for (String address :
        new String[] {"https://example.org", "/app/people", "/portal//example.org", "", null}) {
      add("odd", Map.of(), new PortalFind("Odd", "", address, ""));
    }
    add("blank", Map.of(), new PortalFind(" ", "", "/portal/m/x/y", ""));
    assertEquals(List.of(), titles(RITA, "printer"));
  }

  @Test
  void noMoreAreGivenThanWereAskedFor() {
    PortalFind[] many =
        IntStream.range(0, 9).mapToObj(i -> find("Find " + i)).toArray(PortalFind[]::new);
    add("many", Map.of(), many);
    add("more", Map.of(), find("Too late"));
    assertEquals(5, titles(RITA, "printer").size());
  }

  @Test
  void fewLettersAskNobody() {
    add("any", Map.of(), find("Any"));
    assertEquals(List.of(), titles(RITA, " pr "));
    assertEquals(List.of(), asked);
  }

  private void add(String module, Map<String, Object> properties, PortalFind... finds) {
    gate.add(
        PortalSearch.class,
        module,
        context -> {
          asked.add(context.caller());
          return List.of(finds);
        },
        properties);
  }

  private List<String> titles(Caller who, String words) {
    asked.clear();
    return callers.as(who, () -> answers.find(words, 5).stream().map(PortalFind::title).toList());
  }

  private static PortalFind find(String title) {
    return new PortalFind(title, "", "/portal/m/example/example.page/1", "");
  }
}
