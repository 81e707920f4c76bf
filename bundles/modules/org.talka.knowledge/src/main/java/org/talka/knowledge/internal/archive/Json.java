/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.archive;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.talka.api.error.DomainException;

/**
 * JSON (RFC 8259) as maps, lists, strings, numbers and truth values. What no database keeps –
 * U+0000 and halves of characters – is refused, and so is a name that an object has twice.
 */
final class Json {
  private static final int DEEPEST = 20;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** In one line; what is empty or null is left out of objects. */
  static byte[] write(Object value) {
    StringBuilder out = new StringBuilder();
    write(out, value);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      char sign = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Object present =
            entry.getValue() instanceof Optional<?> o ? o.orElse(null) : entry.getValue();
        if (present != null) {
          out.append(sign);
          quote(out, entry.getKey().toString());
          out.append(':');
          write(out, present);
          sign = ',';
        }
      }
      out.append(sign == '{' ? "{}" : "}");
    } else if (value instanceof List<?> list) {
      out.append('[');
      for (int i = 0; i < list.size(); i++) {
        out.append(i == 0 ? "" : ",");
        write(out, list.get(i));
      }
      out.append(']');
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(out, String.valueOf(value));
    }
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * @throws DomainException MALFORMED for what is no object
   */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(byte[] bytes) {
    Json json = new Json(new String(bytes, StandardCharsets.UTF_8));
    Object value = json.value(0);
    json.space();
    if (json.at < json.text.length() || !(value instanceof Map)) {
      throw json.wrong();
    }
    return (Map<String, Object>) value;
  }

  private DomainException wrong() {
    return DomainException.malformed("error.knowledge.archive.json", "place", at);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    space();
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private boolean takes(char sign) {
    if (peek() == sign) {
      at++;
      return true;
    }
    return false;
  }

  private void need(char sign) {
    if (!takes(sign)) {
      throw wrong();
    }
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong();
    }
    return switch (peek()) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    need('{');
    if (takes('}')) {
      return map;
    }
    do {
      peek();
      String name = string();
      need(':');
      if (map.containsKey(name)) {
        throw wrong();
      }
      map.put(name, value(depth + 1));
    } while (takes(','));
    need('}');
    return map;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    need('[');
    if (takes(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
    } while (takes(','));
    need(']');
    return list;
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int from = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(from, at);
    if (!number.matches("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")) {
      throw wrong();
    }
    if (number.matches("-?[0-9]{1,9}")) {
      return Integer.valueOf(number);
    }
    return number.matches("-?[0-9]+") ? (Object) Long.valueOf(number) : new BigDecimal(number);
  }

  private String string() {
    if (text.charAt(at) != '"') {
      throw wrong();
    }
    at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    if (at >= text.length()) {
      throw wrong();
    }
    at++;
    if (!kept(out)) {
      throw wrong();
    }
    return out.toString();
  }

  private char escaped() {
    if (at >= text.length()) {
      throw wrong();
    }
    char c = text.charAt(at++);
    switch (c) {
      case '"', '\\', '/' -> {
        return c;
      }
      case 'b' -> {
        return '\b';
      }
      case 'f' -> {
        return '\f';
      }
      case 'n' -> {
        return '\n';
      }
      case 'r' -> {
        return '\r';
      }
      case 't' -> {
        return '\t';
      }
      case 'u' -> {
        String code = text.substring(at, Math.min(at + 4, text.length()));
        if (!code.matches("[0-9a-fA-F]{4}")) {
          throw wrong();
        }
        at += 4;
        return (char) Integer.parseInt(code, 16);
      }
      default -> throw wrong();
    }
  }

  private static boolean kept(CharSequence text) {
    return text.codePoints().noneMatch(point -> point == 0 || point >= 0xD800 && point <= 0xDFFF);
  }
}
