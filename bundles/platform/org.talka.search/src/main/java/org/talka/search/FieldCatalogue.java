/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import java.util.Optional;
import org.talka.api.query.Filter;

/** The fields that a query may name, and what its special values mean. */
public interface FieldCatalogue {
  Optional<SearchField> field(String name);

  /**
   * The condition that {@code field:value} stands for: resolves {@code assignee:me}, {@code
   * state:open}, user names to ids; an {@link Filter.Is} of the value itself by default.
   *
   * @throws org.talka.api.error.DomainException MALFORMED when the value can't be
   */
  Filter term(SearchField field, String value);
}
