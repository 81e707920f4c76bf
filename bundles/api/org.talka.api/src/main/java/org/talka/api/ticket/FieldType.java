/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.ticket;

import org.osgi.annotation.versioning.ConsumerType;
import org.talka.api.extension.ExtensionPoint;

/**
 * A kind of value. The service property {@value #KEY} names it. Values are stored as text; the
 * built-in kinds need no implementation.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 5)
public interface FieldType {
  /** Service property: the key that a {@link FieldDefinition#type()} names. */
  String KEY = "talka.field.type";

  /**
   * The value in its stored form.
   *
   * @param value a JSON value: string, number, boolean or list of those
   * @throws org.talka.api.error.DomainException INVALID with the field's name
   */
  String parse(FieldDefinition field, Object value);
}
