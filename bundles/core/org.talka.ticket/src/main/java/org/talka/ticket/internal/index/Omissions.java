/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.index;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which documents were made without what a contributor would have added, because its
 * module was away or the contributor was not called or failed, so that they can be made again. Only
 * as long as the server runs. The monitor guards everything.
 */
final class Omissions {
  /** More documents than this are not remembered one by one: then all are made again. */
  private final int most;

  /** Ids of tickets with the number of their latest document, the oldest first. */
  private final Map<Long, Long> latest = new LinkedHashMap<>(16, 0.75f, false);

  /** The number of the latest document up to which {@link #latest} has forgotten some. */
  private long forgotten;

  private long number;
  private final Set<String> present = new HashSet<>();

  /** Who was here and went: the number of the last document that it had a say in. */
  private final Map<String, Long> left = new HashMap<>();

  private final Set<Long> skipped = new LinkedHashSet<>();
  private final Set<Long> owed = new LinkedHashSet<>();
  private boolean all;

  Omissions(int most) {
    this.most = most;
  }

  /** A document was made. */
  synchronized void made(long ticket) {
    number++;
    // removed first, so that the order is that of the latest documents
    latest.remove(ticket);
    latest.put(ticket, number);
    if (latest.size() > most) {
      Map.Entry<Long, Long> oldest = latest.entrySet().iterator().next();
      forgotten = oldest.getValue();
      latest.remove(oldest.getKey());
    }
  }

  /** A contributor that is here had no say in it. */
  synchronized void skipped(long ticket) {
    if (skipped.size() < most) {
      skipped.add(ticket);
    } else {
      all = true;
    }
  }

  /**
   * A contributor works again that may have been skipped before.
   *
   * @return whether there is something to make again
   */
  synchronized boolean worksAgain() {
    boolean some = !skipped.isEmpty() || all;
    owed.addAll(skipped);
    skipped.clear();
    return some;
  }

  /**
   * These contributors are here now.
   *
   * @return whether there is something to make again for one that came
   */
  synchronized boolean here(Set<String> now) {
    boolean some = false;
    for (String name : now) {
      if (present.add(name)) {
        long since = left.getOrDefault(name, 0L);
        if (since < forgotten) {
          all = true;
          some = true;
        }
        for (Map.Entry<Long, Long> document : latest.entrySet()) {
          if (document.getValue() > since) {
            owed.add(document.getKey());
            some = true;
          }
        }
      }
    }
    for (String name : Set.copyOf(present)) {
      if (!now.contains(name)) {
        present.remove(name);
        left.put(name, number);
      }
    }
    return some;
  }

  /** Whether all documents are to be made again; asking is taking it on. */
  synchronized boolean takeAll() {
    boolean taken = all;
    if (taken) {
      all = false;
      owed.clear();
    }
    return taken;
  }

  /** Some of the tickets whose documents are to be made again; asking is taking them on. */
  synchronized List<Long> take(int atMost) {
    List<Long> taken = new ArrayList<>();
    var each = owed.iterator();
    while (each.hasNext() && taken.size() < atMost) {
      taken.add(each.next());
      each.remove();
    }
    return taken;
  }
}
