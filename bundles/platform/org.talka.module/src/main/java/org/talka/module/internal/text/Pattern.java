/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pattern of a catalogue, taken apart: plain text, {@code {name}}, {@code {n, plural, =0 {…} one
 * {…} other {…}}} and {@code {name, select, a {…} other {…}}}; inside a plural {@code #} is the
 * number. A subset of ICU's message format, with one difference: an apostrophe is an apostrophe.
 */
final class Pattern {
  private final List<Part> parts;

  private Pattern(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * @throws IllegalArgumentException if braces don't match or a choice has no {@code other}
   */
  static Pattern parse(String text) {
    return new Pattern(new Reader(text).whole());
  }

  String format(Map<String, String> args, Locale locale) {
    if (parts.size() == 1 && parts.get(0) instanceof Literal literal) {
      return literal.text();
    }
    StringBuilder out = new StringBuilder();
    append(parts, new Values(args, PluralRule.of(locale), "#"), out);
    return out.toString();
  }

  /** How a place is filled in: with its value as it is, or by a choice that it makes. */
  enum Kind {
    VALUE,
    PLURAL,
    SELECT
  }

  /** The places by their names; one that is a choice anywhere counts as that. */
  Map<String, Kind> places() {
    Map<String, Kind> places = new TreeMap<>();
    places(parts, places);
    return places;
  }

  private static void places(List<Part> parts, Map<String, Kind> places) {
    for (Part part : parts) {
      if (part instanceof Argument argument) {
        places.putIfAbsent(argument.name(), Kind.VALUE);
      } else if (part instanceof Choice choice) {
        places.put(choice.name(), choice.plural() ? Kind.PLURAL : Kind.SELECT);
        choice.forms().values().forEach(form -> places(form, places));
      }
    }
  }

  private static void append(List<Part> parts, Values values, StringBuilder out) {
    for (Part part : parts) {
      part.append(values, out);
    }
  }

  private record Values(Map<String, String> args, PluralRule rule, String number) {}

  private sealed interface Part {
    void append(Values values, StringBuilder out);
  }

  private record Literal(String text) implements Part {
    @Override
    public void append(Values values, StringBuilder out) {
      out.append(text);
    }
  }

  private record Number() implements Part {
    @Override
    public void append(Values values, StringBuilder out) {
      out.append(values.number());
    }
  }

  private record Argument(String name) implements Part {
    @Override
    public void append(Values values, StringBuilder out) {
      String value = values.args().get(name);
      out.append(value == null ? "{" + name + "}" : value);
    }
  }

  private record Choice(String name, boolean plural, Map<String, List<Part>> forms)
      implements Part {
    @Override
    public void append(Values values, StringBuilder out) {
      String value = values.args().getOrDefault(name, plural ? "0" : "");
      List<Part> form = forms.get(plural ? "=" + value : value);
      if (form == null && plural) {
        form = forms.get(values.rule().category(PluralRule.Decimal.parse(value)));
      }
      Values inner = plural ? new Values(values.args(), values.rule(), value) : values;
      Pattern.append(form == null ? forms.get("other") : form, inner, out);
    }
  }

  /** Recursive descent, one character at a time. */
  private static final class Reader {
    /** Deeper than any sentence needs and far from exhausting the stack. */
    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    List<Part> whole() {
      List<Part> parts = parts(false, 0);
      if (at < text.length()) {
        throw wrong("a closing brace without its opening one");
      }
      return parts;
    }

    private List<Part> parts(boolean inPlural, int depth) {
      if (depth > DEEPEST) {
        throw wrong("choices nested too deeply");
      }
      List<Part> parts = new ArrayList<>();
      StringBuilder plain = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '}') {
        char c = text.charAt(at);
        if (c == '{') {
          literal(plain, parts);
          at++;
          parts.add(placeHolder(depth));
        } else if (c == '#' && inPlural) {
          literal(plain, parts);
          at++;
          parts.add(new Number());
        } else {
          plain.append(c);
          at++;
        }
      }
      literal(plain, parts);
      return List.copyOf(parts);
    }

    private static void literal(StringBuilder plain, List<Part> parts) {
      if (!plain.isEmpty()) {
        parts.add(new Literal(plain.toString()));
        plain.setLength(0);
      }
    }

    private Part placeHolder(int depth) {
      String name = word();
      char c = next();
      if (c == '}') {
        return new Argument(name);
      }
      if (c != ',') {
        throw wrong("a comma or a closing brace is missing");
      }
      String kind = word();
      if (!kind.equals("plural") && !kind.equals("select")) {
        throw wrong("unknown kind of choice " + kind);
      }
      if (next() != ',') {
        throw wrong("a comma is missing");
      }
      return choice(name, kind.equals("plural"), depth);
    }

    private Part choice(String name, boolean plural, int depth) {
      Map<String, List<Part>> forms = new LinkedHashMap<>();
      while (true) {
        blanks();
        if (at < text.length() && text.charAt(at) == '}') {
          at++;
          break;
        }
        String selector = word();
        if (next() != '{') {
          throw wrong("an opening brace is missing");
        }
        forms.put(selector, parts(plural, depth + 1));
        if (next() != '}') {
          throw wrong("a closing brace is missing");
        }
      }
      if (!forms.containsKey("other")) {
        throw wrong("a choice without other");
      }
      return new Choice(name, plural, Map.copyOf(forms));
    }

    private String word() {
      blanks();
      int start = at;
      while (at < text.length() && " \t\n{},".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (start == at) {
        throw wrong("a name is missing");
      }
      return text.substring(start, at);
    }

    private char next() {
      blanks();
      if (at >= text.length()) {
        throw wrong("it ends too early");
      }
      return text.charAt(at++);
    }

    private void blanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(what + " at " + at + " in “" + text + "”");
    }
  }
}
