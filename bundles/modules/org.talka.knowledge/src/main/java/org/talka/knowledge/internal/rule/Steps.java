/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.rule;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.knowledge.internal.model.Stage;
import org.talka.knowledge.internal.store.Article;
import org.talka.knowledge.internal.store.ArticleVersion;

/**
 * Who may take an article how far: draft, in review, approved, published, retired. One who writes
 * hands in, another one approves; a newer draft goes this way while the published version stays.
 */
public final class Steps {
  /** What can be done with an article. */
  public enum Step {
    /** Change the text, or begin the next version. */
    EDIT,
    /** Hand the draft in for review. */
    SUBMIT,
    /** Take it back to go on writing. */
    WITHDRAW,
    APPROVE,
    /** Back to its author, with a reason. */
    SEND_BACK,
    PUBLISH,
    /** Throw the version away that is being worked on. */
    DISCARD,
    /** It was looked at again and is still right. */
    RENEW,
    RETIRE;

    /** As the API spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Step> of(String word) {
      return EnumSet.allOf(Step.class).stream()
          .filter(step -> step.word().equals(word))
          .findFirst();
    }
  }

  private Steps() {}

  /**
   * What the caller may do now.
   *
   * @param working the version that is being worked on
   */
  public static Set<Step> allowed(
      Caller caller, Article article, Optional<ArticleVersion> working, Settings settings) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    boolean writes = caller.may(Reader.WRITE);
    boolean publishes = caller.may(Reader.PUBLISH);
    Stage stage = working.map(ArticleVersion::stage).orElse(null);
    if (writes && (stage == null || stage == Stage.DRAFT)) {
      steps.add(Step.EDIT);
    }
    if (writes && stage == Stage.DRAFT) {
      steps.add(Step.SUBMIT);
      if (working.get().basedOn() > 0) {
        steps.add(Step.DISCARD);
      }
    }
    if (writes && (stage == Stage.IN_REVIEW || stage == Stage.APPROVED)) {
      steps.add(Step.WITHDRAW);
    }
    if (stage == Stage.IN_REVIEW && mayReview(caller, article)) {
      steps.add(Step.SEND_BACK);
      if (!settings.separateReview() || !wrote(caller, working.get())) {
        steps.add(Step.APPROVE);
      }
    }
    if (stage == Stage.APPROVED && publishes) {
      steps.add(Step.PUBLISH);
    }
    if (article.state() == Stage.PUBLISHED && publishes) {
      steps.add(Step.RETIRE);
      if (mayReview(caller, article)) {
        steps.add(Step.RENEW);
      }
    }
    return steps;
  }

  private static boolean mayReview(Caller caller, Article article) {
    boolean named =
        caller.person().map(PersonId::value).equals(article.reviewer())
            && caller.person().isPresent();
    return caller.may(Reader.REVIEW) || named && caller.may(Reader.WRITE);
  }

  public static boolean wrote(Caller caller, ArticleVersion version) {
    return caller.person().map(PersonId::value).filter(version::writtenBy).isPresent();
  }
}
