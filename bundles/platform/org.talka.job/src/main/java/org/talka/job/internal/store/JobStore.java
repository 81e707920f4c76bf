/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job.internal.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.persistence.Database;
import org.talka.job.JobRun;
import org.talka.job.JobRun.Outcome;

/**
 * Jobs and their runs. Each change locks the job's row first, so that of several servers only one
 * has the lease. Any thread.
 */
@Component(service = JobStore.class)
public class JobStore {
  /** Runs of a job that are remembered. */
  static final int KEPT = 100;

  private final Database database;

  @Activate
  public JobStore(@Reference(target = "(talka.unit=job)") Database database) {
    this.database = database;
  }

  /**
   * Whose turn it is: one server, one run, until a time.
   *
   * @param owner names the server's process
   * @param run the run's id
   */
  public record Lease(String owner, String run, Instant now, Instant until) {}

  public List<JobEntry> all(Instant now) {
    return database.read(
        em ->
            em
                .createQuery("select j from JobRow j order by j.id", JobRow.class)
                .getResultList()
                .stream()
                .map(row -> JobEntry.of(row, now))
                .toList());
  }

  /**
   * @throws DomainException NOT_FOUND
   */
  public JobEntry job(String id, Instant now) {
    return database.read(em -> JobEntry.of(found(em.find(JobRow.class, id)), now));
  }

  /** A job is here; one that has another schedule than before begins it now. */
  public void declare(String id, String module, String key, String schedule, Instant next) {
    database.write(
        em -> {
          JobRow row = em.find(JobRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            em.persist(new JobRow(id, module, key, schedule, next));
          } else if (!row.schedule().equals(schedule)) {
            row.schedule(schedule, next);
          }
          return null;
        });
  }

  /**
   * Begins a run, if nobody else runs the job. A run whose server has not given a sign for too long
   * is lost.
   *
   * @param askedBy who wants it now, due or not
   */
  public Optional<JobEntry> take(String id, Lease lease, Optional<String> askedBy) {
    return database.write(
        em -> {
          JobRow row = locked(em, id);
          JobEntry entry = JobEntry.of(row, lease.now());
          boolean wanted = askedBy.isPresent() || entry.due(lease.now());
          if (!wanted || row.leased(lease.now())) {
            return Optional.empty();
          }
          row.run()
              .flatMap(run -> Optional.ofNullable(em.find(RunRow.class, run)))
              .ifPresent(lost -> lost.end(Outcome.LOST, lease.now(), Optional.empty()));
          em.persist(new RunRow(lease.run(), id, lease.now(), askedBy));
          row.lease(lease.owner(), lease.run(), lease.now(), lease.until());
          return Optional.of(entry);
        });
  }

  /** A sign of life; false when the lease is somebody else's by now. */
  public boolean renew(String id, Lease lease) {
    return database.write(
        em -> {
          JobRow row = em.find(JobRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (row == null || !row.leasedBy(lease.owner(), lease.run())) {
            return false;
          }
          row.renew(lease.until());
          return true;
        });
  }

  /** When a job that has failed so often in a row runs next. */
  public interface Next {
    Optional<Instant> after(int failures);
  }

  /** A run has ended; what it has to say of the job counts while it has the lease. */
  public void end(String id, Lease lease, boolean succeeded, Optional<String> said, Next next) {
    database.write(
        em -> {
          RunRow run = em.find(RunRow.class, lease.run());
          if (run != null) {
            run.end(succeeded ? Outcome.SUCCEEDED : Outcome.FAILED, lease.now(), said);
          }
          JobRow row = em.find(JobRow.class, id, LockModeType.PESSIMISTIC_WRITE);
          if (row != null && row.leasedBy(lease.owner(), lease.run())) {
            int failures = succeeded ? 0 : row.failures() + 1;
            row.end(succeeded, next.after(failures).orElse(null));
          }
          em.flush();
          forget(em, id);
          return null;
        });
  }

  private static void forget(EntityManager em, String id) {
    TypedQuery<String> old =
        em.createQuery(
            "select r.id from RunRow r where r.job = :job order by r.started desc, r.id desc",
            String.class);
    List<String> ids =
        old.setParameter("job", id).setFirstResult(KEPT).setMaxResults(KEPT).getResultList();
    if (!ids.isEmpty()) {
      em.createQuery("delete from RunRow r where r.id in :ids")
          .setParameter("ids", ids)
          .executeUpdate();
    }
  }

  /**
   * @param version the one that the caller saw
   * @return whether that was a change
   * @throws DomainException NOT_FOUND, STALE
   */
  public boolean pause(String id, boolean paused, Optional<Long> version) {
    return database.write(
        em -> {
          JobRow row = locked(em, id);
          if (version.isPresent() && version.get() != row.version()) {
            throw DomainException.of(ErrorKind.STALE, "error.job.stale");
          }
          boolean changes = row.paused() != paused;
          if (changes) {
            row.pause(paused);
          }
          return changes;
        });
  }

  /** The last run of each job that has ended. */
  public Map<String, JobRun> last() {
    return database.read(
        em -> {
          Map<String, JobRun> last = new HashMap<>();
          em.createQuery(
                  "select r from RunRow r where r.outcome <> :running and r.started ="
                      + " (select max(x.started) from RunRow x"
                      + " where x.job = r.job and x.outcome <> :running)",
                  RunRow.class)
              .setParameter("running", Outcome.RUNNING)
              .getResultList()
              .forEach(row -> last.put(row.job(), row.run()));
          return last;
        });
  }

  /** The latest first. */
  public List<JobRun> runs(String id, Optional<String> before, int limit) {
    return database.read(
        em -> {
          found(em.find(JobRow.class, id));
          Optional<RunRow> from = before.map(run -> em.find(RunRow.class, run));
          String where =
              from.isPresent() ? " and (r.started < :at or r.started = :at and r.id < :id)" : "";
          TypedQuery<RunRow> query =
              em.createQuery(
                      "select r from RunRow r where r.job = :job"
                          + where
                          + " order by r.started desc, r.id desc",
                      RunRow.class)
                  .setParameter("job", id);
          from.ifPresent(
              row -> query.setParameter("at", row.started()).setParameter("id", row.run().id()));
          return query.setMaxResults(limit).getResultList().stream().map(RunRow::run).toList();
        });
  }

  private static JobRow locked(EntityManager em, String id) {
    return found(em.find(JobRow.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  private static JobRow found(JobRow row) {
    if (row == null) {
      throw DomainException.notFound("error.job.unknown");
    }
    return row;
  }
}
