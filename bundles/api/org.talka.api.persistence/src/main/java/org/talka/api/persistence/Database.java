/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.persistence;

import jakarta.persistence.EntityManager;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The persistence unit of one bundle.
 *
 * <p>The platform registers one {@code Database} service for every bundle that carries a {@code
 * META-INF/persistence.xml}, with the service property {@value #UNIT} set to the unit's name, after
 * the unit's migrations have run. A bundle takes its own with
 *
 * <pre>{@code @Reference(target = "(talka.unit=problem)") Database database}</pre>
 *
 * <p>All units work on one database and share the transaction of the calling thread: what a module
 * writes is committed with what the desk writes, or not at all. Methods may be called on any
 * thread, block on the database, and must not do other I/O inside. The entity manager is lent for
 * the call and must not be kept. A unit is closed only when nobody is inside.
 */
@ProviderType
public interface Database {
  /** Service property: the persistence unit's name. */
  String UNIT = "talka.unit";

  /**
   * Reads. Joins the transaction of this thread when there is one, so that it sees its changes;
   * otherwise reads committed data without opening a transaction of its own beyond the statement.
   *
   * @throws DatabaseUnavailableException if the database can't be reached or the unit is closing
   */
  <T> T read(Function<EntityManager, T> work);

  /**
   * Writes. Joins the transaction of this thread when there is one, otherwise runs one of its own
   * and commits it when {@code work} returns. An exception out of {@code work} marks the
   * transaction for roll-back and is thrown on unchanged.
   *
   * @throws DatabaseUnavailableException if the database can't be reached or the unit is closing
   * @throws ConcurrentChangeException if another transaction changed the same record first
   */
  <T> T write(Function<EntityManager, T> work);
}
