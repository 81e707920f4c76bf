/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.talka.api.text.Text;

class PseudoEnglishTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Save|⟦Šåvéēē⟧",
        "Open tickets|⟦Õpéņēē tîčkétšēēē⟧",
        "Account: {name}|⟦Åččõûņtēēē: {name}⟧",
        "{n, plural, one {# day} other {# days}} ago|"
            + "⟦{n, plural, one {# dåyēē} other {# dåyšēē}} ågõēē⟧",
        "{a, select, x {in {b}} other {}}|⟦{a, select, x {îņē {b}} other {}}⟧",
        "{broken|⟦{broken⟧"
      })
  void wordsGrowAndPlacesStay(String english, String pseudo) {
    assertEquals(pseudo, PseudoEnglish.of(english));
  }

  @Test
  void onlyEnglishChangesAndOnlyWhereItIsWanted() {
    Map<String, Map<String, String>> catalogues =
        Map.of(
            "en", Map.of("day", "{n, plural, one {# day} other {# days}}"),
            "lv", Map.of("day", "Diena"));
    Words pseudo = new Words(true);
    pseudo.put(1, "core", catalogues);
    Text two = new Text("day", Map.of("n", "2"));
    assertEquals("⟦2 dåyšēē⟧", pseudo.translate(two, Locale.ENGLISH));
    assertEquals("Diena", pseudo.translate(two, Locale.forLanguageTag("lv")));
    Words plain = new Words();
    plain.put(1, "core", catalogues);
    assertEquals("2 days", plain.translate(two, Locale.ENGLISH));
  }
}
