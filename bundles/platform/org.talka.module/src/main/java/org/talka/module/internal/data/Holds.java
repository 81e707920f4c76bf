/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.security.Audit;
import org.talka.api.security.Callers;

/**
 * Legal holds: while one is set, nobody can purge the module. Blocks on the database; any thread.
 * Does not look at permissions; names the caller in the audit.
 */
@Component(service = Holds.class)
public final class Holds {
  private static final int LONGEST = 2_000;

  private final Database database;
  private final Callers callers;
  private final Audit audit;
  private final Clock clock = Clock.systemUTC();

  @Activate
  public Holds(
      @Reference(target = "(talka.unit=module)") Database database,
      @Reference Callers callers,
      @Reference Audit audit) {
    this.database = database;
    this.callers = callers;
    this.audit = audit;
  }

  public Optional<Hold> of(String module) {
    return database.read(
        entities ->
            Optional.ofNullable(entities.find(HoldRow.class, module)).map(HoldRow::toRecord));
  }

  public List<Hold> all() {
    return database.read(
        entities ->
            entities
                .createQuery("select h from HoldRow h order by h.module", HoldRow.class)
                .getResultStream()
                .map(HoldRow::toRecord)
                .toList());
  }

  /**
   * Sets it, or gives it another reason.
   *
   * @throws DomainException INVALID without a reason
   */
  public Hold set(String module, String reason) {
    String why = reason == null ? "" : reason.strip();
    if (why.isEmpty() || why.length() > LONGEST || why.indexOf('\0') >= 0) {
      throw DomainException.invalid("reason", "error.module.hold.reason", "most", LONGEST);
    }
    Hold hold =
        database.write(
            entities ->
                entities
                    .merge(new HoldRow(module, why, callers.current().username(), clock.instant()))
                    .toRecord());
    audit.recordAlways("module.hold.set", "module:" + module, Map.of("reason", why));
    return hold;
  }

  /**
   * @throws DomainException NOT_FOUND when there is none
   */
  public void release(String module) {
    Hold hold =
        database.write(
            entities -> {
              HoldRow row = entities.find(HoldRow.class, module);
              if (row == null) {
                throw DomainException.notFound("error.module.hold.none", "module", module);
              }
              entities.remove(row);
              return row.toRecord();
            });
    audit.recordAlways("module.hold.released", "module:" + module, Map.of("reason", hold.reason()));
  }
}
