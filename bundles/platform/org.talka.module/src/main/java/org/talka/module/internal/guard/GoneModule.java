/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/**
 * A version of a module that should not be in memory any more, or will once not be. It is watched
 * by one thread; only {@link #goes} is called by others.
 */
final class GoneModule {
  /** How long threads and loaders have to go away by themselves. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long NOT_LATE = -1;

  private final String module;
  private final String version;
  private final WeakReference<ClassLoader> loader;
  private volatile long sinceNanos;

  /**
   * How many collections there had been when it should have been gone: only a later one can tell.
   * An earlier one met requests that were still inside.
   */
  private long collections = NOT_LATE;

  GoneModule(String module, String version, ClassLoader loader) {
    this.module = module;
    this.version = version;
    this.loader = new WeakReference<>(loader);
  }

  void goes(long nowNanos) {
    sinceNanos = nowNanos;
  }

  void look(long nowNanos, long collectionsNow) {
    if (collections == NOT_LATE && nowNanos - sinceNanos > PATIENCE_NANOS) {
      collections = collectionsNow;
    }
  }

  boolean collected() {
    return loader.refersTo(null);
  }

  /** Whether it has had its time. */
  boolean late() {
    return collections != NOT_LATE;
  }

  /** Whether there was a collection since it has been late: what is there now, stays. */
  boolean judged(long collectionsNow) {
    return late() && collections < collectionsNow;
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
