/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.knowledge.internal.service;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Who is writing which article now. True for seconds, so kept in memory alone: a page that gives no
 * sign is gone.
 */
@Component(service = Editors.class)
public class Editors {
  private static final long GONE = Duration.ofSeconds(25).toNanos();
  private static final int MOST = 10_000;

  private final Map<Place, Sign> signs = new ConcurrentHashMap<>();
  private final LongSupplier nanos;

  @Activate
  public Editors() {
    this(System::nanoTime);
  }

  Editors(LongSupplier nanos) {
    this.nanos = nanos;
  }

  private record Place(long article, String username) {}

  private record Sign(String name, long at) {}

  /**
   * Somebody writes.
   *
   * @return the names of the others who do
   */
  public List<String> writes(long article, String username, String name) {
    long now = nanos.getAsLong();
    signs.values().removeIf(sign -> now - sign.at() > GONE);
    if (signs.size() < MOST) {
      signs.put(new Place(article, username), new Sign(name, now));
    }
    return signs.entrySet().stream()
        .filter(each -> each.getKey().article() == article)
        .filter(each -> !each.getKey().username().equals(username))
        .map(each -> each.getValue().name())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  public void leaves(long article, String username) {
    signs.remove(new Place(article, username));
  }
}
