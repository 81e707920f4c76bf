/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.job.Job;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;
import org.talka.api.text.Text;
import org.talka.api.text.Translator;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.job.JobRun;
import org.talka.job.JobStatus;
import org.talka.job.Jobs;
import org.talka.job.internal.schedule.Schedule;
import org.talka.job.internal.store.JobEntry;
import org.talka.job.internal.store.JobStore;
import org.talka.job.internal.store.JobStore.Lease;
import org.talka.module.Declarations;

/**
 * Runs jobs when they are due. One thread, the clock, looks every second at what it remembers, and
 * now and then at the database, where other servers write too; a few threads run what is due, each
 * through the gate. While a run goes on its lease is renewed; a server that dies gives it up.
 */
@Component(configurationPid = "org.talka.job")
public final class JobDesk implements Jobs {
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration RENEWED = Duration.ofSeconds(30);
  private static final String CORE = "core";
  private static final String WISH = "jobs";
  private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);

  private final JobStore store;
  private final Gate gate;
  private final Callers callers;
  private final Audit audit;
  private final Translator translator;
  private final Declarations declarations;
  private final Clock clock;
  private final Executor runners;
  private final Runnable end;
  private final Extensions<Job> extensions;
  private final String owner = UUID.randomUUID().toString();
  private final Map<String, Run> running = new ConcurrentHashMap<>();

  /** By id; replaced as a whole by the clock. */
  private volatile Map<String, DeclaredJob> here = Map.of();

  private volatile boolean closed;

  /** The clock's own: what was read last, and when. */
  private List<JobEntry> remembered = List.of();

  private Instant looked = Instant.MIN;

  /** How many jobs run at a time, and when the first may; see {@code docs/administration.md}. */
  public @interface Configuration {
    int threads() default 4;

    /** Seconds from the start on, so that the desk is there first. */
    int start_seconds() default 20;
  }

  @Activate
  public JobDesk(
      Configuration configuration,
      @Reference JobStore store,
      @Reference Gate gate,
      @Reference Callers callers,
      @Reference Audit audit,
      @Reference Translator translator,
      @Reference Declarations declarations) {
    this.store = store;
    this.gate = gate;
    this.callers = callers;
    this.audit = audit;
    this.translator = translator;
    this.declarations = declarations;
    this.clock = Clock.systemUTC();
    ExecutorService pool =
        Executors.newFixedThreadPool(configuration.threads(), threads("talka-job-"));
    ScheduledExecutorService hands =
        Executors.newSingleThreadScheduledExecutor(threads("talka-job-clock-"));
    this.runners = pool;
    this.end =
        () -> {
          hands.shutdown();
          pool.shutdown();
        };
    this.extensions = gate.open(Job.class);
    extensions.onChange(() -> soon(hands));
    soon(hands);
    hands.scheduleWithFixedDelay(this::tick, configuration.start_seconds(), 1, TimeUnit.SECONDS);
  }

  /** For tests, which move the clock themselves. */
  JobDesk(
      JobStore store,
      Gate gate,
      Callers callers,
      Audit audit,
      Translator translator,
      Declarations declarations,
      Clock clock,
      Executor runners) {
    this.store = store;
    this.gate = gate;
    this.callers = callers;
    this.audit = audit;
    this.translator = translator;
    this.declarations = declarations;
    this.clock = clock;
    this.runners = runners;
    this.end = () -> {};
    this.extensions = gate.open(Job.class);
    extensions.onChange(this::declare);
    declare();
  }

  private static ThreadFactory threads(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void soon(ScheduledExecutorService hands) {
    try {
      hands.execute(this::declareQuietly);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("jobs are stopping", stopping);
    }
  }

  @Deactivate
  public void close() {
    closed = true;
    end.run();
    extensions.close();
  }

  private void declareQuietly() {
    try {
      declare();
    } catch (RuntimeException failed) {
      LOG.warn("Jobs could not be looked at; the next change or minute tries again", failed);
    }
  }

  /** These are the jobs now. */
  private synchronized void declare() {
    Map<String, DeclaredJob> now = new TreeMap<>();
    for (Extension<Job> extension : extensions.all()) {
      try {
        requireWish(extension.module());
        DeclaredJob job = DeclaredJob.of(extension);
        if (now.putIfAbsent(job.id(), job) != null) {
          throw new IllegalArgumentException("there is another " + job.id());
        }
      } catch (IllegalArgumentException wrong) {
        LOG.error(
            "{} of module {} is no job: {}",
            extension.name(),
            extension.module(),
            wrong.getMessage());
      }
    }
    for (DeclaredJob job : now.values()) {
      if (!here.containsKey(job.id()) || !here.get(job.id()).written().equals(job.written())) {
        Instant first = job.schedule().next(now(), Optional.empty(), 0).orElse(null);
        store.declare(job.id(), job.module(), job.key(), job.written(), first);
      }
    }
    here = now;
    looked = Instant.MIN;
  }

  /** Whoever installed the module has seen that it wants jobs, and agreed. */
  private void requireWish(String module) {
    boolean wished =
        module.equals(CORE)
            || declarations.current().stream()
                .filter(descriptor -> descriptor.id().equals(module))
                .anyMatch(descriptor -> descriptor.wants().contains(WISH));
    if (!wished) {
      throw new IllegalArgumentException("its descriptor does not say that it wants jobs");
    }
  }

  /** One look at the clock. */
  synchronized void tick() {
    try {
      Instant now = now();
      if (Duration.between(looked, now).compareTo(RENEWED) >= 0) {
        running.values().forEach(this::renew);
        remembered = store.all(now);
        looked = now;
      }
      boolean began = false;
      for (JobEntry entry : remembered) {
        DeclaredJob job = here.get(entry.id());
        if (job != null && entry.due(now) && !running.containsKey(entry.id())) {
          if (job.job().available()) {
            began |= begin(job, Optional.empty()).isPresent();
          }
        }
      }
      if (began) {
        looked = Instant.MIN;
      }
    } catch (RuntimeException failed) {
      LOG.warn("Jobs could not be looked at; the next second tries again", failed);
    }
  }

  private void renew(Run run) {
    Lease lease = run.lease();
    Instant now = now();
    Lease longer = new Lease(lease.owner(), lease.run(), now, now.plus(LEASE));
    if (!store.renew(run.job().id(), longer)) {
      run.lose();
    }
  }

  private Optional<Run> begin(DeclaredJob job, Optional<String> askedBy) {
    Instant now = now();
    Lease lease = new Lease(owner, UUID.randomUUID().toString(), now, now.plus(LEASE));
    Optional<Run> begun =
        store
            .take(job.id(), lease, askedBy)
            .map(before -> new Run(job, before, lease, () -> away(job)));
    begun.ifPresent(
        run -> {
          running.put(job.id(), run);
          runners.execute(() -> run(run));
        });
    return begun;
  }

  private boolean away(DeclaredJob job) {
    return closed || !gate.admitted(job.module());
  }

  private void run(Run run) {
    DeclaredJob job = run.job();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    boolean succeeded = false;
    try {
      succeeded = callers.as(callers.system(job.module()), () -> called(run, failure));
    } catch (DomainException passedOn) {
      failure.compareAndSet(null, passedOn);
    } catch (RuntimeException platform) {
      failure.compareAndSet(null, platform);
      LOG.debug("Job {} ended with a failure", job.id(), platform);
    } finally {
      // an error of the machine goes on to the thread, and the run has ended all the same
      ended(run, succeeded, failure.get());
    }
  }

  private static boolean called(Run run, AtomicReference<Throwable> failure) {
    return run.job()
        .job()
        .runIfOpen(
            service -> {
              try {
                service.run(run);
              } catch (RuntimeException | Error failed) {
                failure.set(failed);
                throw failed;
              }
            });
  }

  /**
   * In the desk's own language: it is kept for whoever looks later. What is no refusal may tell
   * anything in its message; the gate has logged it.
   */
  private String reason(Throwable failure) {
    if (failure == null) {
      return words(Text.of("error.job.away"));
    }
    if (failure instanceof DomainException refused) {
      return words(refused.text());
    }
    return words(Text.of("error.job.failed"));
  }

  private String words(Text text) {
    return translator.translate(text, declarations.offered().get(0));
  }

  private void ended(Run run, boolean succeeded, Throwable failure) {
    DeclaredJob job = run.job();
    Lease lease = run.lease();
    Instant began = lease.now();
    Instant now = now();
    Schedule schedule = job.schedule();
    boolean again = job.queues() && schedule.missed(began, now);
    try {
      Optional<String> said = succeeded ? run.said() : Optional.of(reason(failure));
      store.end(
          job.id(),
          new Lease(lease.owner(), lease.run(), now, now),
          succeeded,
          said,
          failures -> again ? Optional.of(now) : schedule.next(now, Optional.of(began), failures));
    } catch (RuntimeException lost) {
      LOG.warn("What came of job {} was not kept; its lease ends by itself", job.id(), lost);
    } finally {
      running.remove(job.id(), run);
      forgetWhatWasRead();
    }
  }

  private synchronized void forgetWhatWasRead() {
    looked = Instant.MIN;
  }

  @Override
  public List<JobStatus> all() {
    Map<String, JobRun> last = store.last();
    return store.all(now()).stream().map(entry -> status(entry, last.get(entry.id()))).toList();
  }

  @Override
  public JobStatus job(String id) {
    return status(store.job(id, now()), store.last().get(id));
  }

  private JobStatus status(JobEntry entry, JobRun last) {
    DeclaredJob job = here.get(entry.id());
    boolean present = job != null && job.job().available();
    return new JobStatus(
        entry.id(),
        entry.module(),
        entry.key(),
        entry.schedule(),
        present,
        entry.paused(),
        present && !entry.paused() ? entry.next() : Optional.empty(),
        entry.running(),
        Optional.ofNullable(last),
        entry.failures(),
        entry.version());
  }

  @Override
  public List<JobRun> runs(String id, Optional<String> before, int limit) {
    return store.runs(id, before, limit);
  }

  @Override
  public JobStatus runNow(String id) {
    store.job(id, now());
    DeclaredJob job = here.get(id);
    if (closed || job == null || !job.job().available()) {
      throw DomainException.conflict("error.job.away");
    }
    String name = callers.current().username();
    String asked = name.length() > 64 ? name.substring(0, 64) : name;
    if (begin(job, Optional.of(asked)).isEmpty()) {
      throw DomainException.conflict("error.job.running");
    }
    audit.recordAlways("job.asked", "job:" + id, Map.of());
    return job(id);
  }

  @Override
  public JobStatus pause(String id, boolean paused, Optional<Long> version) {
    if (store.pause(id, paused, version)) {
      if (paused) {
        audit.recordAlways("job.paused", "job:" + id, Map.of());
      } else {
        audit.recordAlways("job.resumed", "job:" + id, Map.of());
      }
    }
    forgetWhatWasRead();
    return job(id);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
