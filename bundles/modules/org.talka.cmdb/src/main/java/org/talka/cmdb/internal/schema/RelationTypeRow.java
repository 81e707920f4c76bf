/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import org.talka.cmdb.internal.FieldText;

/** A {@link RelationType} as it is stored. */
@Entity
@Table(name = "cmdb_relation_type")
public class RelationTypeRow {
  @Id
  @Column(name = "type_key")
  private String key;

  @Lob
  @Column(name = "names")
  private String names;

  @Lob
  @Column(name = "inverse_names")
  private String inverse;

  @Column(name = "source_class")
  private String source;

  @Column(name = "target_class")
  private String target;

  @Column(name = "cardinality")
  private String cardinality;

  @Column(name = "impact")
  private String impact;

  @Column(name = "policy")
  private String policy;

  @Column(name = "amount")
  private int amount;

  @Column(name = "retired")
  private boolean retired;

  @Version
  @Column(name = "version")
  private long version;

  protected RelationTypeRow() {}

  RelationTypeRow(String key) {
    this.key = key;
  }

  long version() {
    return version;
  }

  void take(RelationType type) {
    names = FieldText.write(type.names());
    inverse = FieldText.write(type.inverse());
    source = type.source();
    target = type.target();
    cardinality = type.cardinality().word();
    impact = type.impact().word();
    policy = type.rule().policy().word();
    amount = type.rule().amount();
    retired = type.retired();
  }

  RelationType value() {
    return new RelationType(
        key,
        FieldText.read(names),
        FieldText.read(inverse),
        source,
        target,
        Cardinality.of(cardinality).orElse(Cardinality.MANY_TO_MANY),
        Impact.of(impact).orElse(Impact.NONE),
        Redundancy.of(policy, amount, new ArrayList<>()),
        retired,
        version);
  }
}
