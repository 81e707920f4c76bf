/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * A version of a module that should not be in memory any more, or will once not be. It is watched
 * by one thread; only {@link #goes} is called by others.
 */
final class GoneModule {
  /** How long threads have to go away by themselves. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long NOT_YET = -1;

  private final long softNanos;
  private final String module;
  private final String version;
  private final WeakReference<ClassLoader> loader;
  private volatile long sinceNanos;

  private boolean late;

  /**
   * How many collections there had been when its classes should have been gone: only a later one
   * can tell. An earlier one met requests that were still inside, or caches.
   */
  private long collections = NOT_YET;

  /**
   * @param softNanos how long its classes may be kept besides by soft references, which caches of
   *     the JDK and of libraries have to them
   */
  GoneModule(String module, String version, ClassLoader loader, long softNanos) {
    this.module = module;
    this.version = version;
    this.loader = new WeakReference<>(loader);
    this.softNanos = softNanos;
  }

  void goes(long nowNanos) {
    sinceNanos = nowNanos;
  }

  void look(long nowNanos, long collectionsNow) {
    long away = nowNanos - sinceNanos;
    late |= away > PATIENCE_NANOS;
    if (collections == NOT_YET && away > PATIENCE_NANOS + softNanos) {
      collections = collectionsNow;
    }
  }

  boolean collected() {
    return loader.refersTo(null);
  }

  /** Whether its threads have had their time. */
  boolean late() {
    return late;
  }

  /** Whether only a collection can tell if its classes stay. */
  boolean unsure(long collectionsNow) {
    return collections != NOT_YET && collections == collectionsNow;
  }

  /** Whether there was a collection since its classes have had their time: what is there, stays. */
  boolean judged(long collectionsNow) {
    return collections != NOT_YET && collections < collectionsNow;
  }

  String module() {
    return module;
  }

  String version() {
    return version;
  }

  /** Null once it is collected. */
  ClassLoader loader() {
    return loader.get();
  }
}
