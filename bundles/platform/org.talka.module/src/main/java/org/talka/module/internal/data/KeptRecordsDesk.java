/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.module.KeptRecords;
import org.talka.module.Modules;

/** What is kept, for doors outside of this bundle. */
@Component(service = KeptRecords.class)
public final class KeptRecordsDesk implements KeptRecords {
  private final ModuleRecords records;
  private final Holds holds;
  private final Modules modules;

  @Activate
  public KeptRecordsDesk(
      @Reference ModuleRecords records, @Reference Holds holds, @Reference Modules modules) {
    this.records = records;
    this.holds = holds;
    this.modules = modules;
  }

  @Override
  public List<Export> exports() {
    return records.exports().stream()
        .map(
            export ->
                new Export(
                    export.file(),
                    export.module(),
                    export.version(),
                    export.made(),
                    export.digest()))
        .toList();
  }

  @Override
  public String receive(InputStream export) throws IOException {
    return records.receive(export);
  }

  @Override
  public List<LegalHold> holds() {
    return holds.all().stream().map(KeptRecordsDesk::hold).toList();
  }

  @Override
  public LegalHold hold(String module, String reason) {
    // also says that there is no such module
    modules.module(module, Locale.ENGLISH);
    return hold(holds.set(module, reason));
  }

  private static LegalHold hold(Hold hold) {
    return new LegalHold(hold.module(), hold.reason(), hold.heldBy(), hold.heldAt());
  }

  @Override
  public void release(String module) {
    holds.release(module);
  }
}
