/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.util.ArrayList;
import java.util.List;
import org.talka.knowledge.internal.archive.Report.Problem;

/** Counts what becomes of an archive while it is read. */
final class Tally {
  private static final int MOST = 200;

  /** What becomes of an article. */
  enum Outcome {
    CREATED,
    UPDATED,
    UNCHANGED,
    REFUSED
  }

  private final int[] articles = new int[Outcome.values().length];
  private final List<Problem> problems = new ArrayList<>();
  private int files;
  private int more;
  private boolean complete;

  void article(Outcome outcome) {
    articles[outcome.ordinal()]++;
  }

  void file() {
    files++;
  }

  void problem(String entry, String title, String problem) {
    if (problems.size() < MOST) {
      problems.add(new Problem(entry, title, problem));
    } else {
      more++;
    }
  }

  void complete() {
    complete = true;
  }

  int seen() {
    int seen = 0;
    for (int count : articles) {
      seen += count;
    }
    return seen;
  }

  int changed() {
    return of(Outcome.CREATED) + of(Outcome.UPDATED) + files;
  }

  private int of(Outcome outcome) {
    return articles[outcome.ordinal()];
  }

  Report report(boolean trial) {
    return new Report(
        trial,
        complete,
        of(Outcome.CREATED),
        of(Outcome.UPDATED),
        of(Outcome.UNCHANGED),
        of(Outcome.REFUSED),
        files,
        problems,
        more);
  }
}
