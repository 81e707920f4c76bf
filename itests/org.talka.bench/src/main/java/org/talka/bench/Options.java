/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the command line asks for. */
record Options(
    List<Part> parts,
    List<Integer> sizes,
    int articles,
    int items,
    boolean postgres,
    List<Integer> clients,
    int seconds,
    int warmUp,
    Path out) {
  static final String USAGE =
      """
      Usage: ./talka bench [options]

        --of desk,knowledge,cmdb   what is measured (desk): the desk itself; the module knowledge,
                           its suggestions above all; the module cmdb, imports and impact
        --tickets N        tickets in the desk (10k; also 100k, 1M). Beyond 10k it is first
                           measured with 10k, so that growth shows
        --articles N       articles of the module knowledge (50k)
        --items N          items of the module cmdb, with three relations each (100k)
        --db derby|postgres   database (derby)
        --clients 1,8,32   clients at once, one keep-alive connection each (1,8,32)
        --seconds S        measured time of every scenario (5)
        --warm-up S        each is driven before until it gets no faster, at most so long (60): the
                           compiler of a server that has just started needs that
        --out DIR          folder for bench.json, bench.md and bench.svg (itests/org.talka.bench/target/bench)

      Everything runs on this machine, on a data folder that is thrown away.
      """;

  static final int BASE = 10_000;
  private static final int LARGEST = 5_000_000;

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Options of(String... args) {
    List<Part> parts = List.of(Part.DESK);
    List<Integer> sizes = List.of(BASE);
    int articles = 50_000;
    int items = 100_000;
    boolean postgres = false;
    List<Integer> clients = List.of(1, 8, 32);
    int seconds = 5;
    int warmUp = 60;
    Path out = Path.of("itests", "org.talka.bench", "target", "bench");
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("A value is missing after " + args[i]);
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--of" ->
            parts = Stream.of(value.split(",")).map(Part::of).distinct().sorted().toList();
        case "--articles" -> articles = number(value, 100, LARGEST);
        case "--items" -> items = number(value, 100, LARGEST);
        case "--tickets" -> {
          int tickets = number(value, 100, LARGEST);
          sizes = tickets > BASE ? List.of(BASE, tickets) : List.of(tickets);
        }
        case "--db" -> {
          if (!List.of("derby", "postgres").contains(value)) {
            throw new IllegalArgumentException("--db is derby or postgres, not " + value);
          }
          postgres = value.equals("postgres");
        }
        case "--clients" ->
            clients = Stream.of(value.split(",")).map(n -> number(n, 1, 256)).distinct().toList();
        case "--seconds" -> seconds = number(value, 1, 600);
        case "--warm-up" -> warmUp = number(value, 1, 3_600);
        case "--out" -> out = Path.of(value);
        default -> throw new IllegalArgumentException("There is no option " + args[i]);
      }
    }
    return new Options(
        parts, sizes, articles, items, postgres, clients, seconds, warmUp, out.toAbsolutePath());
  }

  private static int number(String text, int least, int most) {
    try {
      String digits = text.strip().replaceFirst("k$", "000").replaceFirst("M$", "000000");
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new IllegalArgumentException(text + " is not a number from " + least + " to " + most);
  }
}
