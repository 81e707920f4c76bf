/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search;

import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.query.Filter;

/** Reads queries in Lucene's syntax. Thread-safe, does not block. */
@ProviderType
public interface QueryLanguage {
  /**
   * @throws org.talka.api.error.DomainException MALFORMED saying what is wrong and where: syntax, a
   *     field that does not exist, too long, too deep, too many clauses
   */
  Filter parse(String query, FieldCatalogue catalogue);
}
