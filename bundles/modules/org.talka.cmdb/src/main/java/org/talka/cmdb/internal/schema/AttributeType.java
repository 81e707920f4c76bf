/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.schema;

import java.util.Optional;

/** What an attribute holds. */
public enum AttributeType {
  TEXT("text"),
  NUMBER("number"),
  BOOLEAN("boolean"),
  DATE("date"),
  CHOICE("choice"),
  ITEM("item");

  private final String word;

  AttributeType(String word) {
    this.word = word;
  }

  /** As the API spells it. */
  public String word() {
    return word;
  }

  /** Whether two things are rarely the same in it, so that it can tell them apart. */
  public boolean identifies() {
    return this == TEXT || this == NUMBER;
  }

  public static Optional<AttributeType> of(String word) {
    for (AttributeType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
