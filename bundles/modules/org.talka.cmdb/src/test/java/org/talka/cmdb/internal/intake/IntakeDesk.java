/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import org.talka.cmdb.internal.Desk;

/** The parts that imports are made of, on a desk of a test. */
public final class IntakeDesk {
  private final Desk desk;
  public final IntakeStore store;
  public final ImportFiles files;
  public final Undoing undoing;
  public final Importer importer;

  public IntakeDesk(Desk desk) {
    this.desk = desk;
    store = new IntakeStore(desk.database, desk.store);
    files = new ImportFiles(desk.database, desk.store, desk);
    undoing = new Undoing(store, desk.store, desk.relationStore, desk.database, desk);
    importer =
        new Importer(
            store,
            files,
            new ItemIntake(store, desk.store, desk.schema, desk),
            new RelationIntake(store, desk.store, desk.relationStore, desk.schema),
            undoing,
            desk.schema,
            desk,
            desk.database,
            desk);
  }

  /** One that works when it is told to. */
  public ImportWorker worker() {
    return new ImportWorker(importer, undoing, store, files, desk.store, desk, desk.database);
  }
}
