/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.problem.internal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** Figures of a problem that lists show, kept with every link so that nothing has to be counted. */
@Entity
@Table(name = "problem_figures")
public class ProblemFigures {
  @Id
  @Column(name = "problem_key")
  private String problem;

  @Column(name = "incidents")
  private int incidents;

  /** Two links at the same moment: the second starts over instead of losing the first. */
  @Version
  @Column(name = "version")
  private long version;

  protected ProblemFigures() {}

  ProblemFigures(String problem) {
    this.problem = problem;
  }

  String problem() {
    return problem;
  }

  int incidents() {
    return incidents;
  }

  void linked(int change) {
    incidents = Math.max(0, incidents + change);
  }
}
