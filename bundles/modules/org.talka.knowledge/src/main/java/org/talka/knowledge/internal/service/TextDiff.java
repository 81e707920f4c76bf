/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The shortest way from one text to another, line by line (E. W. Myers, An O(ND) Difference
 * Algorithm and Its Variations, 1986). Texts that differ too much are replaced as a whole.
 */
public final class TextDiff {
  /** Beyond so many differing lines a person sees no more in it than "all of it". */
  private static final int MOST = 1_000;

  private TextDiff() {}

  /** What became of a line. */
  public enum Kind {
    SAME,
    ADDED,
    REMOVED
  }

  /** A line and what became of it. */
  public record Line(Kind kind, String text) {}

  public static List<Line> of(String before, String after) {
    List<String> a = lines(before);
    List<String> b = lines(after);
    List<int[]> steps = steps(a, b);
    return steps == null ? replaced(a, b) : path(a, b, steps);
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
  }

  private static List<Line> replaced(List<String> a, List<String> b) {
    List<Line> all = new ArrayList<>();
    a.forEach(line -> all.add(new Line(Kind.REMOVED, line)));
    b.forEach(line -> all.add(new Line(Kind.ADDED, line)));
    return all;
  }

  /** How far each diagonal reaches with 0, 1, 2… differences; null when there are too many. */
  private static List<int[]> steps(List<String> a, List<String> b) {
    int most = Math.min(a.size() + b.size(), MOST);
    int[] reach = new int[2 * most + 3];
    int middle = most + 1;
    List<int[]> steps = new ArrayList<>();
    for (int d = 0; d <= most; d++) {
      steps.add(reach.clone());
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || k != d && reach[middle + k - 1] < reach[middle + k + 1];
        int x = down ? reach[middle + k + 1] : reach[middle + k - 1] + 1;
        int y = x - k;
        while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
          x++;
          y++;
        }
        reach[middle + k] = x;
        if (x >= a.size() && y >= b.size()) {
          return steps;
        }
      }
    }
    return null;
  }

  private static List<Line> path(List<String> a, List<String> b, List<int[]> steps) {
    List<Line> lines = new ArrayList<>();
    int x = a.size();
    int y = b.size();
    int middle = (steps.get(0).length - 1) / 2;
    for (int d = steps.size() - 1; d >= 0; d--) {
      int[] reach = steps.get(d);
      int k = x - y;
      boolean down = k == -d || k != d && reach[middle + k - 1] < reach[middle + k + 1];
      int before = down ? k + 1 : k - 1;
      int fromX = d == 0 ? 0 : reach[middle + before];
      int fromY = d == 0 ? 0 : fromX - before;
      while (x > fromX && y > fromY && x > 0 && y > 0 && a.get(x - 1).equals(b.get(y - 1))) {
        lines.add(new Line(Kind.SAME, a.get(--x)));
        y--;
      }
      if (d > 0 && down) {
        lines.add(new Line(Kind.ADDED, b.get(--y)));
      } else if (d > 0) {
        lines.add(new Line(Kind.REMOVED, a.get(--x)));
      }
    }
    Collections.reverse(lines);
    return lines;
  }
}
