/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Audit;
import org.talka.knowledge.internal.rule.Settings;

/** Changes the settings. */
@Component(service = Choices.class)
public class Choices {
  private static final Set<String> FIELDS =
      Set.of("separateReview", "hideOverdue", "reviewMonths", "deflectionMinutes");
  private static final int TEN_YEARS = 120;
  private static final int A_WEEK = 7 * 24 * 60;

  private final Library library;
  private final Audit audit;
  private final Transactions transactions;

  @Activate
  public Choices(
      @Reference Library library, @Reference Audit audit, @Reference Transactions transactions) {
    this.library = library;
    this.audit = audit;
    this.transactions = transactions;
  }

  public Settings change(Map<String, Object> values) {
    Given given = new Given(values, FIELDS);
    Settings now = library.settings();
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen.put("separateReview", "" + given.flag("separateReview", now.separateReview()));
    chosen.put("hideOverdue", "" + given.flag("hideOverdue", now.hideOverdue()));
    chosen.put("reviewMonths", "" + given.number("reviewMonths", now.reviewMonths(), 0, TEN_YEARS));
    chosen.put(
        "deflectionMinutes",
        "" + given.number("deflectionMinutes", now.deflectionMinutes(), 1, A_WEEK));
    given.raise();
    transactions.required(
        () -> {
          library.choose(chosen);
          audit.record("knowledge.settings.changed", "module:knowledge", chosen);
          return null;
        });
    return library.settings();
  }
}
