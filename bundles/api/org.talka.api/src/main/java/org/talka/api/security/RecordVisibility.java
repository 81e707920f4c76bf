/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.security;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.extension.ExtensionPoint;
import org.talka.api.query.Filter;

/**
 * Narrows which tickets a caller sees. The answer is one condition, and the desk applies the same
 * one to a single ticket, to lists and to search, so that they can't disagree. It is joined with
 * the desk's own rule by AND: an extension can hide, never reveal.
 *
 * <p>Allowed nodes: {@link Filter.All}, {@link Filter.None}, {@link Filter.Is}, {@link
 * Filter.AllOf}, {@link Filter.AnyOf}, {@link Filter.Not}, on the built-in keyword fields of a
 * ticket.
 */
@ConsumerType
@ExtensionPoint(kind = ExtensionPoint.Kind.PARTICIPANT, budgetMillis = 5)
public interface RecordVisibility {
  Filter visible(Context context);

  @ProviderType
  interface Context {
    Caller caller();
  }
}
