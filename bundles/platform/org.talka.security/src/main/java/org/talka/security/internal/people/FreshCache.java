/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A bounded cache that never keeps what was read before a change. It reads outside of any lock: a
 * thread that waits for the database never holds up another that holds the row it waits for.
 */
public final class FreshCache<K, V> {
  private record Entry<V>(long epoch, V value) {}

  private final Cache<K, Entry<V>> cache;

  /** Grows with every change, of one key or of all. */
  private final AtomicLong changes = new AtomicLong();

  /** Grows when everything is forgotten; entries of an older epoch don't count. */
  private final AtomicLong epoch = new AtomicLong();

  public FreshCache(int size) {
    this.cache = Caffeine.newBuilder().maximumSize(size).build();
  }

  /**
   * @param keep false when what is read may never be committed
   */
  public Optional<V> get(K key, boolean keep, Function<K, Optional<V>> load) {
    Entry<V> known = cache.getIfPresent(key);
    if (known != null && known.epoch() == epoch.get()) {
      return Optional.of(known.value());
    }
    long seen = changes.get();
    long now = epoch.get();
    Optional<V> loaded = load.apply(key);
    if (keep) {
      loaded.ifPresent(value -> keep(key, new Entry<>(now, value), seen));
    }
    return loaded;
  }

  /** Several at once; what {@code load} does not find is absent. */
  public Map<K, V> getAll(Collection<K> keys, boolean keep, Function<Set<K>, Map<K, V>> load) {
    Map<K, V> found = new HashMap<>();
    Set<K> missing = new LinkedHashSet<>();
    long now = epoch.get();
    for (K key : keys) {
      Entry<V> known = cache.getIfPresent(key);
      if (known != null && known.epoch() == now) {
        found.put(key, known.value());
      } else {
        missing.add(key);
      }
    }
    if (!missing.isEmpty()) {
      long seen = changes.get();
      Map<K, V> loaded = load.apply(missing);
      if (keep) {
        loaded.forEach((key, value) -> keep(key, new Entry<>(now, value), seen));
      }
      found.putAll(loaded);
    }
    return found;
  }

  public void forget(K key) {
    changes.incrementAndGet();
    cache.invalidate(key);
  }

  public void forgetAll() {
    changes.incrementAndGet();
    epoch.incrementAndGet();
    cache.invalidateAll();
  }

  /** Only if nothing changed since it was read; atomic with {@link #forget} of the same key. */
  private void keep(K key, Entry<V> entry, long seen) {
    cache.asMap().compute(key, (k, old) -> changes.get() == seen ? entry : old);
  }
}
