/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.gate.ExtensionReport;

/**
 * Keeps modules that misbehave from doing harm, for those who administer them. Thread-safe. Does
 * not look at permissions.
 */
@ProviderType
public interface ModuleGuard {
  /**
   * Something an administrator should know of a module, in the reader's words.
   *
   * @param kind {@code quarantine}, {@code degraded} or {@code leak}
   */
  record Notice(String module, String kind, String text) {}

  /** What was seen of the module's extensions and REST paths; does not block. */
  List<ExtensionReport> extensions(String module);

  /** All that is not as it should be; blocks on the database. */
  List<Notice> notices(Locale locale);

  /** The notice without its reason, for those who do not administer modules. */
  String briefly(Notice notice, Locale locale);

  /**
   * Takes a module out of service at an administrator's wish.
   *
   * @param reason in the administrator's words
   */
  void quarantine(String module, String reason);

  /**
   * Lets a module in quarantine in again, with a clean record. Returns at once.
   *
   * @throws org.talka.api.error.DomainException NOT_FOUND or CONFLICT when it is not in quarantine
   */
  void retry(String module);

  /** Whether the server runs without modules of third parties. */
  boolean safeMode();
}
