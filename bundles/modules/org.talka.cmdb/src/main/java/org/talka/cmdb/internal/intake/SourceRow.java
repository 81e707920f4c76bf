/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Map;
import java.util.TreeMap;
import org.talka.cmdb.internal.FieldText;

/** A {@link DataSource} as it is stored. */
@Entity
@Table(name = "cmdb_source")
public class SourceRow {
  @Id
  @Column(name = "name")
  private String name;

  @Column(name = "weight")
  private int weight;

  @Lob
  @Column(name = "weights")
  private String weights;

  @Version
  @Column(name = "version")
  private long version;

  protected SourceRow() {}

  SourceRow(String name) {
    this.name = name;
  }

  long version() {
    return version;
  }

  void take(DataSource source) {
    weight = source.weight();
    Map<String, String> texts = new TreeMap<>();
    source.weights().forEach((field, number) -> texts.put(field, String.valueOf(number)));
    weights = FieldText.write(texts);
  }

  DataSource value() {
    Map<String, Integer> numbers = new TreeMap<>();
    FieldText.read(weights).forEach((field, text) -> numbers.put(field, Integer.valueOf(text)));
    return new DataSource(name, weight, numbers, version);
  }
}
