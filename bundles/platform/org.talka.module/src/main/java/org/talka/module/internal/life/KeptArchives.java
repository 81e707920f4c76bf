/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Optional;
import org.talka.module.internal.intake.Intake;
import org.talka.module.internal.intake.ModuleArchive;
import org.talka.module.internal.store.Journal;

/** The archives that are here, by what they hold. Reads them anew each time: they may be large. */
public final class KeptArchives {
  private final Journal journal;
  private final Intake intake;

  public KeptArchives(Journal journal, Intake intake) {
    this.journal = journal;
    this.intake = intake;
  }

  /** One that was taken before. */
  public Optional<ModuleArchive> taken(String digest) {
    return journal
        .artifact(digest)
        .map(artifact -> intake.reader().read(artifact.name(), artifact.content()));
  }

  /** One that came with the distribution, or was taken before. */
  public Optional<ModuleArchive> any(String digest) {
    return intake.catalogue().offered().stream()
        .filter(offer -> offer.digest().equals(digest))
        .findFirst()
        .or(() -> taken(digest));
  }
}
