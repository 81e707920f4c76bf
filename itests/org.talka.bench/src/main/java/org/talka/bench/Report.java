/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All that was measured in one run.
 *
 * @param machine processors, memory, JVM
 * @param residentMegabytes the server's memory at the end, by what was in it
 */
record Report(
    Map<String, Object> machine,
    String database,
    int seconds,
    List<Measurement> measurements,
    Map<String, Long> residentMegabytes,
    List<Verdict> verdicts) {

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("bench.json"), json());
    Files.writeString(folder.resolve("bench.md"), markdown());
    Files.writeString(folder.resolve("bench.svg"), new Chart(measurements).svg());
  }

  private String json() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", machine);
    all.put("database", database);
    all.put("seconds", seconds);
    all.put("residentMegabytes", residentMegabytes);
    all.put("measurements", measurements);
    all.put(
        "verdicts",
        verdicts.stream()
            .map(
                v ->
                    Map.of(
                        "what",
                        v.what(),
                        "value",
                        v.value(),
                        v.atLeast() ? "atLeast" : "atMost",
                        v.target(),
                        "met",
                        v.met()))
            .toList());
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all)
        + "\n";
  }

  String markdown() {
    StringBuilder text = new StringBuilder("# Benchmark\n\n");
    text.append("Database ").append(database).append(", ").append(seconds);
    text.append(" s measured for each line after a warm-up; load and server share one machine: ");
    text.append(machine).append(".\n\n");
    text.append(
        "| scenario | records | clients | per second | p50 ms | p95 ms | p99 ms | errors |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    for (Measurement m : measurements) {
      text.append(
          line(
              "| %s | %s | %d | %,.0f | %.2f | %.2f | %.2f | %d |%n",
              m.scenario(),
              m.records() == 0 ? "–" : line("%,d", m.records()),
              m.clients(),
              m.perSecond(),
              m.p50Millis(),
              m.p95Millis(),
              m.p99Millis(),
              m.errors()));
    }
    text.append("\n| figure | value | target | |\n|---|---:|---:|---|\n");
    for (Verdict v : verdicts) {
      text.append(
          line(
              "| %s | %.2f | %s %.1f | %s |%n",
              v.what(),
              v.value(),
              v.atLeast() ? "≥" : "≤",
              v.target(),
              v.met() ? "met" : "missed"));
    }
    residentMegabytes.forEach(
        (records, megabytes) ->
            text.append(line("%nMemory of the server with %s: %d MB.%n", records, megabytes)));
    measurements.stream()
        .filter(m -> m.errors() > 0)
        .forEach(
            m ->
                text.append(
                    line(
                        "%nFirst error of %s (%d clients): `%s`%n",
                        m.scenario(), m.clients(), m.firstError())));
    return text.toString();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
