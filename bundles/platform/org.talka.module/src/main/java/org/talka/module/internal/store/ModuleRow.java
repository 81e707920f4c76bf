/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.talka.module.ModuleState;

/** A {@link ModuleRecord} in the database. */
@Entity
@Table(name = "module_entry")
public class ModuleRow {
  @Id private String id;

  @Column(name = "module_version")
  private String version;

  private String digest;
  private String location;

  @Column(name = "previous_version")
  private String previousVersion;

  @Column(name = "previous_digest")
  private String previousDigest;

  @Enumerated(EnumType.STRING)
  private Desired desired;

  @Enumerated(EnumType.STRING)
  private ModuleState state;

  private Instant since;
  @Lob private String reason;
  @Lob private String titles;

  @Column(name = "committed_by")
  private String committedBy;

  @Column(name = "probation_until")
  private Instant probationUntil;

  @Lob private String quarantine;

  protected ModuleRow() {}

  static ModuleRow of(ModuleRecord module) {
    ModuleRow row = new ModuleRow();
    row.id = module.id();
    row.version = module.version();
    row.digest = module.digest();
    row.location = module.location();
    row.previousVersion = module.previous().map(ModuleRecord.Previous::version).orElse(null);
    row.previousDigest = module.previous().map(ModuleRecord.Previous::digest).orElse(null);
    row.desired = module.desired();
    row.state = module.state();
    row.since = module.since();
    row.reason = module.reason().map(TextJson::write).orElse(null);
    row.titles = TextJson.writeMap(module.titles());
    row.committedBy = module.committedBy().orElse(null);
    row.probationUntil = module.probationUntil().orElse(null);
    row.quarantine = module.quarantine().map(TextJson::write).orElse(null);
    return row;
  }

  ModuleRecord toRecord() {
    return new ModuleRecord(
        id,
        version,
        digest,
        location,
        Optional.ofNullable(previousDigest)
            .map(previous -> new ModuleRecord.Previous(previousVersion, previous)),
        desired,
        state,
        since,
        Optional.ofNullable(reason).map(TextJson::read),
        TextJson.readMap(titles),
        Optional.ofNullable(committedBy),
        Optional.ofNullable(probationUntil),
        Optional.ofNullable(quarantine).map(TextJson::read));
  }
}
