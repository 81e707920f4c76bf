/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.job;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.error.DomainException;

/** All jobs, for administrators. Any thread; blocks on the database. Asks for no permission. */
@ProviderType
public interface Jobs {
  /** By their ids; also those whose module is away. */
  List<JobStatus> all();

  /**
   * @throws DomainException NOT_FOUND
   */
  JobStatus job(String id);

  /**
   * Its runs, the latest first.
   *
   * @param before the id of the run to go on after
   * @throws DomainException NOT_FOUND
   */
  List<JobRun> runs(String id, Optional<String> before, int limit);

  /**
   * Runs it now, whatever its schedule says, also while it is paused.
   *
   * @return as it is then; the run goes on in the background
   * @throws DomainException CONFLICT while it runs, and while its module is away
   */
  JobStatus runNow(String id);

  /**
   * Lets it rest, or go on.
   *
   * @param version the one that the caller saw; not compared when absent
   * @throws DomainException NOT_FOUND, STALE
   */
  JobStatus pause(String id, boolean paused, Optional<Long> version);
}
