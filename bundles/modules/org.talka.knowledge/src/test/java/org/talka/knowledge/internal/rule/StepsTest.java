/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.talka.api.security.Caller;
import org.talka.knowledge.internal.model.Audience;
import org.talka.knowledge.internal.rule.Steps.Step;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;
import org.talka.knowledge.internal.store.ArticleVersion.Signature;
import org.talka.knowledge.internal.store.ArticleVersion.Words;
import org.talka.testkit.security.TestCaller;

class StepsTest {
  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");
  private static final Caller AUTHOR = TestCaller.person(1, Reader.WRITE, Reader.PUBLISH);
  private static final Caller OTHER = TestCaller.person(2, Reader.WRITE);
  private static final Caller REVIEWER = TestCaller.person(3, Reader.WRITE, Reader.REVIEW);
  private static final Caller READER = TestCaller.person(4);
  private static final Settings ANYBODY = new Settings(false, false, 12, 60);

  private final Article article = new Article(1, "faq", Audience.AGENTS, "en", 1L, NOW);
  private final ArticleVersion version =
      new ArticleVersion(
          1, article.nextNumber(), 0, new Signature(1L, "Anna"), new Words("T", "", "", ""), NOW);

  private Set<Step> allowed(Caller caller) {
    return allowed(caller, Settings.DELIVERED);
  }

  private Set<Step> allowed(Caller caller, Settings settings) {
    return Steps.allowed(caller, article, article.working().map(number -> version), settings);
  }

  @Test
  void aDraftIsWrittenAndHandedInByThoseWhoWrite() {
    article.works(version);
    assertEquals(Set.of(Step.EDIT, Step.SUBMIT), allowed(AUTHOR));
    assertEquals(Set.of(Step.EDIT, Step.SUBMIT), allowed(OTHER));
    assertEquals(Set.of(), allowed(READER));
  }

  @Test
  void nobodyApprovesAnOwnTextUnlessTheDeskSaysSo() {
    version.submit(null, NOW);
    article.works(version);
    Caller authorWhoReviews = TestCaller.person(1, Reader.WRITE, Reader.REVIEW);
    assertEquals(Set.of(Step.WITHDRAW, Step.SEND_BACK), allowed(authorWhoReviews));
    assertEquals(
        Set.of(Step.WITHDRAW, Step.SEND_BACK, Step.APPROVE), allowed(authorWhoReviews, ANYBODY));
    assertEquals(Set.of(Step.WITHDRAW, Step.SEND_BACK, Step.APPROVE), allowed(REVIEWER));
    assertEquals(Set.of(Step.WITHDRAW), allowed(OTHER));
    article.reviewer(2L);
    assertEquals(Set.of(Step.WITHDRAW, Step.SEND_BACK, Step.APPROVE), allowed(OTHER));
    assertEquals(Set.of(), allowed(READER));
  }

  @Test
  void nobodyApprovesWhatTheyHadAHandIn() {
    version.write(new Signature(3L, "Rita"), new Words("T", "", "Hers", ""), NOW);
    version.write(new Signature(1L, "Anna"), new Words("T", "", "And more", ""), NOW);
    version.submit(null, NOW);
    article.works(version);
    assertEquals(Set.of(Step.WITHDRAW, Step.SEND_BACK), allowed(REVIEWER));
    Caller another = TestCaller.person(33, Reader.WRITE, Reader.REVIEW);
    assertEquals(Set.of(Step.WITHDRAW, Step.SEND_BACK, Step.APPROVE), allowed(another));
  }

  @Test
  void whatIsApprovedIsPublishedByThoseWhoPublish() {
    version.submit(null, NOW);
    version.approve(new Signature(3L, "Rita"), null, NOW);
    article.works(version);
    assertEquals(Set.of(Step.WITHDRAW, Step.PUBLISH), allowed(AUTHOR));
    assertEquals(Set.of(Step.WITHDRAW), allowed(REVIEWER));
  }

  @Test
  void whatIsPublishedCanBeWrittenAnewRenewedAndRetired() {
    version.submit(null, NOW);
    version.approve(new Signature(3L, "Rita"), null, NOW);
    version.publish(new Signature(1L, "Anna"), NOW);
    article.publish(version);
    assertEquals(Set.of(Step.EDIT, Step.RETIRE), allowed(AUTHOR));
    Caller both = TestCaller.person(5, Reader.PUBLISH, Reader.REVIEW);
    assertEquals(Set.of(Step.RETIRE, Step.RENEW), allowed(both));
    article.retire();
    assertEquals(Set.of(Step.EDIT), allowed(AUTHOR));
    assertEquals(Optional.of(Step.SEND_BACK), Step.of("send-back"));
    assertEquals(Optional.empty(), Step.of("SEND_BACK"));
  }
}
