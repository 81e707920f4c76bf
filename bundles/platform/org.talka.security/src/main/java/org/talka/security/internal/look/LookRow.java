/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.look;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How the desk looks, in one row. */
@Entity
@Table(name = "sec_look")
public class LookRow {
  static final int ID = 1;

  @Id
  @Column(name = "id")
  private int id;

  @Column(name = "accent")
  private String accent;

  @Column(name = "term")
  private String term;

  @Column(name = "term_en")
  private String termEn;

  @Column(name = "term_lv")
  private String termLv;

  @Column(name = "logo_hash")
  private String logoHash;

  @Column(name = "logo_type")
  private String logoType;

  protected LookRow() {}

  static LookRow plain() {
    LookRow row = new LookRow();
    row.id = ID;
    return row;
  }

  Optional<String> accent() {
    return Optional.ofNullable(accent);
  }

  void accent(Optional<String> colour) {
    accent = colour.orElse(null);
  }

  Optional<String> term() {
    return Optional.ofNullable(term);
  }

  Map<String, String> terms() {
    Map<String, String> terms = new LinkedHashMap<>();
    if (termEn != null) {
      terms.put("en", termEn);
    }
    if (termLv != null) {
      terms.put("lv", termLv);
    }
    return terms;
  }

  void term(Optional<String> kind, Map<String, String> words) {
    term = kind.orElse(null);
    termEn = words.get("en");
    termLv = words.get("lv");
  }

  Optional<Look.Logo> logo() {
    return Optional.ofNullable(logoHash).map(hash -> new Look.Logo(hash, logoType));
  }

  void logo(Optional<Look.Logo> logo) {
    logoHash = logo.map(Look.Logo::hash).orElse(null);
    logoType = logo.map(Look.Logo::mediaType).orElse(null);
  }
}
