/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.job.Job;
import org.talka.api.persistence.Database;
import org.talka.job.JobRun;
import org.talka.job.JobRun.Outcome;
import org.talka.job.JobStatus;
import org.talka.job.internal.store.JobStore;
import org.talka.testkit.persistence.PersistenceTest;

/** Jobs run when they are due, one at a time, and what came of it is remembered. */
@PersistenceTest(units = "job")
class JobDeskTest {
  private static final String ID = "guest.sweep";

  private final Database database;
  private final TestPlatform platform = new TestPlatform();
  private final List<Runnable> begun = new ArrayList<>();
  private final AtomicInteger runs = new AtomicInteger();
  private JobDesk desk;

  JobDeskTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    desk = desk();
  }

  /** A server; all of a test share the database and the gate. */
  private JobDesk desk() {
    return new JobDesk(
        new JobStore(database),
        platform.jobs,
        platform,
        platform,
        (text, locale) -> text.key(),
        new TestPlatform.English(),
        platform.clock,
        begun::add);
  }

  private void finish() {
    List<Runnable> now = List.copyOf(begun);
    begun.clear();
    now.forEach(Runnable::run);
  }

  private void tickAndFinish() {
    desk.tick();
    finish();
  }

  private void sweepEvery(String schedule) {
    platform.jobs.add("guest", "sweep", schedule, context -> runs.incrementAndGet());
  }

  private JobRun last() {
    return desk.job(ID).last().orElseThrow();
  }

  @Test
  void runsWhenItIsDueAndNotBefore() {
    sweepEvery("PT5M");
    tickAndFinish();
    assertEquals(0, runs.get());
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    tickAndFinish();
    assertEquals(1, runs.get());
    assertEquals(Outcome.SUCCEEDED, last().outcome());
    assertEquals(
        Optional.of(platform.clock.instant().plus(Duration.ofMinutes(5))), desk.job(ID).next());
    platform.clock.forward(Duration.ofMinutes(6));
    tickAndFinish();
    assertEquals(2, runs.get());
  }

  @Test
  void tellsTheJobWhenItWasDueAndRemembersWhatItReports() {
    AtomicReference<Instant> due = new AtomicReference<>();
    AtomicReference<Optional<Instant>> before = new AtomicReference<>();
    platform.jobs.add(
        "guest",
        "sweep",
        "0 13 * * *",
        context -> {
          due.set(context.due());
          before.set(context.lastSuccess());
          context.report("12 swept");
        });
    platform.clock.forward(Duration.ofMinutes(90));
    tickAndFinish();
    assertEquals(Instant.parse("2026-03-02T13:00:00Z"), due.get());
    assertEquals(Optional.empty(), before.get());
    assertEquals(Optional.of("12 swept"), last().said());
    Instant first = last().started();
    platform.clock.forward(Duration.ofDays(1));
    tickAndFinish();
    assertEquals(Optional.of(first), before.get());
  }

  @Test
  void onlyOneServerRunsIt() {
    sweepEvery("PT5M");
    JobDesk other = desk();
    platform.clock.forward(Duration.ofMinutes(5));
    desk.tick();
    other.tick();
    assertEquals(1, begun.size());
    assertTrue(other.job(ID).running().isPresent());
    assertEquals(
        ErrorKind.CONFLICT, assertThrows(DomainException.class, () -> other.runNow(ID)).kind());
    finish();
    other.tick();
    assertEquals(1, runs.get());
  }

  @Test
  void aLeaseIsRenewedWhileItRunsAndGivenUpWhenItsServerDies() {
    sweepEvery("PT5M");
    platform.clock.forward(Duration.ofMinutes(5));
    desk.tick();
    JobDesk other = desk();
    for (int i = 0; i < 10; i++) {
      platform.clock.forward(Duration.ofSeconds(40));
      desk.tick();
      other.tick();
    }
    assertEquals(1, begun.size());
    // the first server gives no sign any more
    begun.clear();
    platform.clock.forward(Duration.ofMinutes(3));
    other.tick();
    assertEquals(1, begun.size());
    finish();
    assertEquals(1, runs.get());
    List<Outcome> outcomes =
        other.runs(ID, Optional.empty(), 10).stream().map(JobRun::outcome).toList();
    assertEquals(List.of(Outcome.SUCCEEDED, Outcome.LOST), outcomes);
  }

  @Test
  void aFailureSaysWhyAndTheNextRunIsWhenTheScheduleSays() {
    platform.jobs.add(
        "guest",
        "sweep",
        "PT5M",
        context -> {
          if (runs.incrementAndGet() < 3) {
            throw DomainException.conflict("The shelf is locked");
          }
        });
    for (int failures = 1; failures <= 2; failures++) {
      platform.clock.forward(Duration.ofMinutes(5));
      tickAndFinish();
      assertEquals(Outcome.FAILED, last().outcome());
      assertEquals(Optional.of("The shelf is locked"), last().said());
      assertEquals(failures, desk.job(ID).failures());
    }
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(Outcome.SUCCEEDED, last().outcome());
    assertEquals(0, desk.job(ID).failures());
  }

  @Test
  void whatIsNoRefusalKeepsItsMessageToTheLog() {
    platform.jobs.add(
        "guest",
        "sweep",
        "PT5M",
        context -> {
          throw new IllegalStateException("no route to db.example.org");
        });
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(Outcome.FAILED, last().outcome());
    assertEquals(Optional.of("error.job.failed"), last().said());
  }

  @Test
  void anErrorOfTheMachineEndsTheRun() {
    platform.jobs.add(
        "guest",
        "sweep",
        "PT5M",
        context -> {
          if (runs.incrementAndGet() == 1) {
            throw new OutOfMemoryError("as if");
          }
        });
    platform.clock.forward(Duration.ofMinutes(5));
    desk.tick();
    assertThrows(OutOfMemoryError.class, this::finish);
    assertEquals(Outcome.FAILED, last().outcome());
    assertEquals(Optional.of("error.job.failed"), last().said());
    assertTrue(desk.job(ID).running().isEmpty());
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(Outcome.SUCCEEDED, last().outcome());
  }

  @Test
  void aRefusalIsSaidInWords() {
    platform.jobs.add(
        "guest",
        "sweep",
        "PT5M",
        context -> {
          throw DomainException.conflict("error.guest.full");
        });
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(Optional.of("error.guest.full"), last().said());
  }

  @Test
  void onceRunsUntilItHasSucceeded() {
    platform.jobs.add(
        "guest",
        "sweep",
        "once",
        context -> {
          if (runs.incrementAndGet() < 2) {
            throw new IllegalStateException("not yet");
          }
        });
    tickAndFinish();
    tickAndFinish();
    assertEquals(1, runs.get());
    platform.clock.forward(Duration.ofMinutes(1));
    tickAndFinish();
    assertEquals(2, runs.get());
    platform.clock.forward(Duration.ofDays(30));
    tickAndFinish();
    platform.jobs.remove("guest");
    desk = desk();
    tickAndFinish();
    assertEquals(2, runs.get());
    assertEquals(Optional.empty(), desk.job(ID).next());
  }

  @Test
  void aTimeThatComesWhileItRunsPassesOrIsDoneOnceAfterwards() {
    for (String overlap : List.of(Job.SKIP, Job.QUEUE)) {
      platform.jobs.add(
          overlap,
          Map.of(Job.KEY, "slow", Job.SCHEDULE, "*/10 * * * *", Job.OVERLAP, overlap),
          context -> platform.clock.forward(Duration.ofMinutes(25)));
    }
    platform.clock.forward(Duration.ofMinutes(10));
    desk.tick();
    finish();
    Instant skipped = desk.job("skip.slow").next().orElseThrow();
    assertTrue(skipped.isAfter(desk.job("skip.slow").last().orElseThrow().ended().orElseThrow()));
    JobStatus queued = desk.job("queue.slow");
    assertEquals(queued.last().orElseThrow().ended(), queued.next());
  }

  @Test
  void restsWhileItIsPausedAndCanBeRunByHand() {
    sweepEvery("PT5M");
    JobStatus job = desk.job(ID);
    JobStatus paused = desk.pause(ID, true, Optional.of(job.version()));
    assertTrue(paused.paused());
    assertEquals(Optional.empty(), paused.next());
    assertEquals(
        ErrorKind.STALE,
        assertThrows(DomainException.class, () -> desk.pause(ID, false, Optional.of(job.version())))
            .kind());
    platform.clock.forward(Duration.ofHours(1));
    tickAndFinish();
    assertEquals(0, runs.get());
    desk.runNow(ID);
    finish();
    assertEquals(1, runs.get());
    assertEquals(Optional.of("ilze"), last().askedBy());
    desk.pause(ID, false, Optional.of(paused.version()));
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(2, runs.get());
    assertEquals(
        List.of("job.paused job:" + ID, "job.asked job:" + ID, "job.resumed job:" + ID),
        platform.audited);
  }

  @Test
  void stopsWithItsModuleAndGoesOnWhenItComesBack() {
    List<Boolean> stopping = new ArrayList<>();
    platform.jobs.add(
        "guest",
        "sweep",
        "PT5M",
        context -> {
          runs.incrementAndGet();
          stopping.add(context.stopping());
          platform.jobs.remove("guest");
          stopping.add(context.stopping());
        });
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(List.of(false, true), stopping);
    platform.clock.forward(Duration.ofHours(5));
    tickAndFinish();
    assertEquals(1, runs.get());
    JobStatus away = desk.job(ID);
    assertFalse(away.present());
    assertEquals(Optional.empty(), away.next());
    assertEquals(
        ErrorKind.CONFLICT, assertThrows(DomainException.class, () -> desk.runNow(ID)).kind());
    sweepEvery("PT5M");
    tickAndFinish();
    assertEquals(2, runs.get());
  }

  @Test
  void oneThatRestsBehindItsCircuitIsNotCalled() {
    sweepEvery("PT5M");
    platform.jobs.rest("guest");
    platform.clock.forward(Duration.ofMinutes(5));
    tickAndFinish();
    assertEquals(0, runs.get());
    assertFalse(desk.job(ID).present());
  }

  @Test
  void anotherScheduleCountsFromNowOn() {
    sweepEvery("PT5M");
    platform.jobs.remove("guest");
    sweepEvery("PT1H");
    platform.clock.forward(Duration.ofMinutes(6));
    tickAndFinish();
    assertEquals(0, runs.get());
    platform.clock.forward(Duration.ofMinutes(6));
    tickAndFinish();
    // nobody waits an hour for the first run
    assertEquals(1, runs.get());
  }

  @Test
  void whatIsNoJobIsLeftOut() {
    platform.jobs.add("guest", "Sweep", "PT5M", context -> {});
    platform.jobs.add("guest", "never", "0 0 31 2 *", context -> {});
    platform.jobs.add("modest", "sweep", "PT5M", context -> {});
    sweepEvery("PT5M");
    assertEquals(List.of(ID), desk.all().stream().map(JobStatus::id).toList());
    assertEquals(
        ErrorKind.NOT_FOUND,
        assertThrows(DomainException.class, () -> desk.job("guest.never")).kind());
  }

  @Test
  void runsAreListedPageByPageAndOldOnesForgotten() {
    sweepEvery("PT1S");
    for (int i = 0; i < 103; i++) {
      platform.clock.forward(Duration.ofSeconds(31));
      tickAndFinish();
    }
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<JobRun> page;
    do {
      page = desk.runs(ID, after, 40);
      page.forEach(run -> seen.add(run.id()));
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).id());
    } while (!page.isEmpty());
    assertEquals(100, seen.size());
    assertEquals(100, seen.stream().distinct().count());
    assertEquals(last().id(), seen.get(0));
  }
}
