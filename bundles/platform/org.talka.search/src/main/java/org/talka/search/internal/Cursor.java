/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.talka.api.error.DomainException;

/** The place of a page's last hit as text; refuses what it did not write. */
final class Cursor {
  private static final int PARTS = 5;

  /** The score, and the ends of the stretch. */
  private static final int SCORE_PARTS = 3;

  private Cursor() {}

  static String write(SortPlan plan, Place place) {
    FieldDoc last = place.values();
    Object first = plan.byTieAlone() ? null : last.fields[0];
    long tie = (Long) last.fields[last.fields.length - 1];
    String value;
    if (first == null) {
      value = "0";
    } else if (first instanceof Long number) {
      value = "l" + number;
    } else if (first instanceof Float score) {
      value = "f" + Float.floatToIntBits(score) + written(place.stretch());
    } else {
      value = "s" + ((BytesRef) first).utf8ToString();
    }
    String text =
        String.join(
            ";",
            plan.kind().name(),
            plan.descending() ? "d" : "a",
            Integer.toHexString(plan.field().hashCode()),
            Long.toString(tie),
            value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String written(Stretch stretch) {
    return stretch.equals(Stretch.ALL) ? "" : ";" + stretch.low() + ";" + stretch.high();
  }

  /** The hit to go on after, in the form that Lucene compares with. */
  static Place read(SortPlan plan, String cursor) {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
              .toString();
      String[] parts = text.split(";", PARTS);
      if (parts.length != PARTS
          || !parts[0].equals(plan.kind().name())
          || !parts[1].equals(plan.descending() ? "d" : "a")
          || !parts[2].equals(Integer.toHexString(plan.field().hashCode()))) {
        throw refused();
      }
      Long tie = Long.valueOf(parts[3]);
      if (plan.byTieAlone()) {
        return place(Stretch.ALL, tie);
      }
      if (plan.kind() == SortPlan.Kind.SCORE) {
        String[] score = parts[4].split(";", SCORE_PARTS);
        return place(stretch(score), value(plan, score[0]), tie);
      }
      return place(Stretch.ALL, value(plan, parts[4]), tie);
    } catch (IllegalArgumentException | CharacterCodingException forged) {
      throw refused();
    }
  }

  private static Place place(Stretch stretch, Object... values) {
    return new Place(stretch, new FieldDoc(Integer.MAX_VALUE, Float.NaN, values));
  }

  private static Stretch stretch(String... score) {
    return switch (score.length) {
      case 1 -> Stretch.ALL;
      case SCORE_PARTS -> new Stretch(Long.parseLong(score[1]), Long.parseLong(score[2]));
      default -> throw refused();
    };
  }

  private static Object value(SortPlan plan, String written) {
    String rest = written.isEmpty() ? "" : written.substring(1);
    return switch (plan.kind()) {
      case NUMBER -> expect(written, 'l', Long.valueOf(rest));
      case SCORE -> expect(written, 'f', Float.intBitsToFloat(Integer.parseInt(rest)));
      case KEYWORD -> written.equals("0") ? null : expect(written, 's', new BytesRef(rest));
      case TIE -> throw new IllegalStateException("No value before the tie");
    };
  }

  private static Object expect(String written, char type, Object value) {
    if (written.isEmpty() || written.charAt(0) != type) {
      throw refused();
    }
    return value;
  }

  private static DomainException refused() {
    return DomainException.malformed("error.search.cursor");
  }
}
