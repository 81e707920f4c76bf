/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.search.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.util.BytesRef;
import org.talka.api.error.DomainException;

/** The sort values of a page's last hit as text; refuses what it did not write. */
final class Cursor {
  private static final int PARTS = 5;

  private Cursor() {}

  static String write(SortPlan plan, FieldDoc last) {
    Object first = plan.byTieAlone() ? null : last.fields[0];
    long tie = (Long) last.fields[last.fields.length - 1];
    String value;
    if (first == null) {
      value = "0";
    } else if (first instanceof Long number) {
      value = "l" + number;
    } else if (first instanceof Float score) {
      value = "f" + Float.floatToIntBits(score);
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

  /** The hit to go on after, in the form that Lucene compares with. */
  static FieldDoc read(SortPlan plan, String cursor) {
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
      Object[] values =
          plan.byTieAlone() ? new Object[] {tie} : new Object[] {value(plan, parts[4]), tie};
      return new FieldDoc(Integer.MAX_VALUE, Float.NaN, values);
    } catch (IllegalArgumentException | CharacterCodingException forged) {
      throw refused();
    }
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
