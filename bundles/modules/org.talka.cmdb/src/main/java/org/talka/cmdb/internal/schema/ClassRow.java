/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import org.talka.cmdb.internal.FieldText;

/** An {@link ItemClass} as it is stored. */
@Entity
@Table(name = "cmdb_class")
public class ClassRow {
  @Id
  @Column(name = "class_key")
  private String key;

  @Column(name = "parent_key")
  private String parent;

  @Lob
  @Column(name = "names")
  private String names;

  @Column(name = "icon")
  private String icon;

  @Column(name = "grouping")
  private boolean grouping;

  @Column(name = "service")
  private boolean service;

  @Column(name = "retired")
  private boolean retired;

  @Lob
  @Column(name = "attributes")
  private String attributes;

  @Lob
  @Column(name = "identities")
  private String identities;

  @Version
  @Column(name = "version")
  private long version;

  protected ClassRow() {}

  ClassRow(String key) {
    this.key = key;
  }

  long version() {
    return version;
  }

  void take(ItemClass c) {
    parent = c.parent();
    names = FieldText.write(c.names());
    icon = c.icon();
    grouping = c.grouping();
    service = c.service();
    retired = c.retired();
    attributes = FieldText.join(c.attributes().stream().map(Attribute::text).toList());
    identities = FieldText.join(c.identities().stream().map(FieldText::join).toList());
  }

  ItemClass value() {
    return new ItemClass(
        key,
        parent == null ? "" : parent,
        FieldText.read(names),
        icon,
        grouping,
        service,
        retired,
        FieldText.split(attributes).stream().map(Attribute::of).toList(),
        FieldText.split(identities).stream().map(FieldText::split).toList(),
        version);
  }
}
