/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import java.time.Instant;

/** An {@link Artifact} in the database. */
@Entity
@Table(name = "module_artifact")
public class ArtifactRow {
  @Id private String digest;
  private String module;

  @Column(name = "module_version")
  private String version;

  private String name;

  @Column(name = "byte_count")
  private long bytes;

  @Lob private byte[] content;

  @Column(name = "stored_at")
  private Instant storedAt;

  protected ArtifactRow() {}

  static ArtifactRow of(Artifact artifact, Instant at) {
    ArtifactRow row = new ArtifactRow();
    row.digest = artifact.digest();
    row.module = artifact.module();
    row.version = artifact.version();
    row.name = artifact.name();
    row.bytes = artifact.content().length;
    row.content = artifact.content();
    row.storedAt = at;
    return row;
  }

  Artifact toRecord() {
    return new Artifact(digest, module, version, name, content);
  }
}
