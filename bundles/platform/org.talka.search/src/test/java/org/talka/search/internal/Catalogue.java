/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.util.Map;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.query.Filter;
import org.talka.search.FieldCatalogue;
import org.talka.search.SearchField;
import org.talka.search.SearchField.Kind;

/** The fields that the tests ask for. */
final class Catalogue implements FieldCatalogue {
  static final Map<String, Kind> FIELDS =
      Map.of(
          "subject", Kind.TEXT,
          "comment", Kind.TEXT,
          "state", Kind.KEYWORD,
          "assignee", Kind.KEYWORD,
          "effort", Kind.NUMBER,
          "createdAt", Kind.INSTANT);

  @Override
  public Optional<SearchField> field(String name) {
    return Optional.ofNullable(FIELDS.get(name)).map(kind -> new SearchField(name, kind, false));
  }

  @Override
  public Filter term(SearchField field, String value) {
    if (field.name().equals("assignee") && value.equals("me")) {
      return new Filter.Is("assignee", "17");
    }
    if (field.name().equals("assignee") && value.equals("nobody")) {
      throw DomainException.malformed("error.test.person");
    }
    return new Filter.Is(field.name(), value);
  }
}
