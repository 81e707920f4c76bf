/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import java.time.Duration;
import java.util.List;

/** The REST applications that are in service. Thread-safe snapshots. */
public interface Applications {
  /** The core's application: resources that select {@code osgi.jakartars.name=talka.core}. */
  String CORE = "talka.core";

  List<Served> current();

  /** Grows whenever a resource comes or goes. */
  long generation();

  /** Whether everything that is registered is in service. */
  boolean settled();

  /** Waits until {@link #settled}, at most so long; whether it is. */
  boolean settle(Duration wait);

  /**
   * @param name the application's name: {@link #CORE} or the module's id
   * @param path the absolute path of the application, without a slash at its end
   */
  record Served(String name, String module, String path, List<Class<?>> resources) {}
}
