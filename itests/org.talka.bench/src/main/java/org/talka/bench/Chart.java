/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.util.List;
import java.util.Locale;

/** Throughput as bars, on a logarithmic scale since a read and a durable write are far apart. */
record Chart(List<Measurement> measurements) {
  private static final int ROW = 22;
  private static final int LABEL = 300;
  private static final int WIDTH = 520;
  private static final int TOP = 40;

  String svg() {
    double most = measurements.stream().mapToDouble(Measurement::perSecond).max().orElse(1);
    double scale = WIDTH / Math.max(1, Math.log10(most + 1));
    StringBuilder svg = new StringBuilder();
    svg.append(
        line(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n",
            LABEL + WIDTH + 120, TOP + ROW * measurements.size() + 10));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    svg.append(
        "<text x=\"10\" y=\"22\" font-size=\"15\">Operations per second (logarithmic)</text>\n");
    for (int i = 0; i < measurements.size(); i++) {
      Measurement m = measurements.get(i);
      int y = TOP + i * ROW;
      double length = Math.max(1, Math.log10(m.perSecond() + 1) * scale);
      svg.append(
          line(
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
              LABEL - 8, y + 14, label(m)));
      svg.append(
          line(
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              LABEL, y + 2, length, ROW - 5, m.records() == 0 ? "#8a94a6" : "#2f6fdb"));
      svg.append(
          line(
              "<text x=\"%.1f\" y=\"%d\">%,.0f</text>%n",
              LABEL + length + 6, y + 14, m.perSecond()));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String label(Measurement m) {
    return m.records() == 0
        ? line("%s, %d clients", m.scenario(), m.clients())
        : line("%s, %,d records, %d clients", m.scenario(), m.records(), m.clients());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
