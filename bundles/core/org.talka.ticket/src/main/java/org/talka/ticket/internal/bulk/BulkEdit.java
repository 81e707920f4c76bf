/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.bulk;

import java.util.ArrayList;
import java.util.List;
import org.talka.api.security.Caller;

/**
 * One change of many tickets, under way or ended. Written by the thread that works on it, read by
 * those that show its progress; its own lock guards what changes.
 */
public final class BulkEdit {
  /** Where it stands. */
  public enum State {
    RUNNING,
    DONE,
    /** Somebody stopped it, or the desk was stopped: the rest was left alone. */
    STOPPED
  }

  private final String id;
  private final Caller caller;
  private final List<BulkTarget> targets;
  private final BulkChange change;
  private final List<BulkResult> results = new ArrayList<>();
  private State state = State.RUNNING;
  private boolean stopping;

  BulkEdit(String id, Caller caller, List<BulkTarget> targets, BulkChange change) {
    this.id = id;
    this.caller = caller;
    this.targets = List.copyOf(targets);
    this.change = change;
  }

  public String id() {
    return id;
  }

  public int total() {
    return targets.size();
  }

  /** In the order in which they were worked on. */
  public synchronized List<BulkResult> results() {
    return List.copyOf(results);
  }

  public synchronized State state() {
    return state;
  }

  Caller caller() {
    return caller;
  }

  List<BulkTarget> targets() {
    return targets;
  }

  BulkChange change() {
    return change;
  }

  synchronized void add(BulkResult result) {
    results.add(result);
  }

  /** The ticket at hand is finished first. */
  synchronized void stop() {
    stopping = true;
  }

  synchronized boolean stopping() {
    return stopping;
  }

  synchronized void end() {
    state = results.size() == targets.size() ? State.DONE : State.STOPPED;
  }
}
