/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.talka.api.query.Page;

/**
 * The life of modules, for everybody who administers them: REST and the console use the same. Does
 * not look at permissions; the caller is taken from the thread and named in the audit. Blocks on
 * the database; may be called on any thread. Refusals are {@link
 * org.talka.api.error.DomainException}s.
 */
@ProviderType
public interface Modules {
  List<ModuleStatus> list(Locale locale);

  /**
   * @throws org.talka.api.error.DomainException NOT_FOUND if there never was such a module
   */
  ModuleStatus module(String id, Locale locale);

  /** What can be installed without a file, also what is installed already. */
  List<CatalogueEntry> catalogue(Locale locale);

  /**
   * Says what an action would do; changes nothing.
   *
   * @param version for an update or installation the version that is wanted; the one on offer when
   *     absent
   * @throws org.talka.api.error.DomainException NOT_FOUND if there is no such module, CONFLICT if
   *     its state does not allow the action
   */
  ModulePlan plan(ModuleAction action, String module, Optional<String> version, Locale locale);

  /**
   * Checks an archive and says what installing it, or updating to it, would do.
   *
   * @param name the file's name, for display
   * @param archive is read to its end at most, not closed
   * @throws org.talka.api.error.DomainException INVALID or TOO_LARGE if the archive is refused
   */
  ModulePlan planUpload(String name, InputStream archive, Locale locale);

  /**
   * Starts what the plan says and returns at once.
   *
   * @return the operation's id
   * @throws org.talka.api.error.DomainException CONFLICT if the plan has blockers, was applied, or
   *     the system has changed since; UNAVAILABLE while the server starts
   */
  String apply(String plan);

  /**
   * As {@link #apply(String)}.
   *
   * @param confirm the module's id or name, which who wants a purge has to type
   * @throws org.talka.api.error.DomainException INVALID also when it is another
   */
  default String apply(String plan, Optional<String> confirm) {
    return apply(plan, confirm, false);
  }

  /**
   * The same for a plan that asks for consent: the module wants more than it may now.
   *
   * @param consent whether the administrator agrees to it
   * @throws org.talka.api.error.DomainException CONFLICT also when the plan asks and nobody agrees
   */
  String apply(String plan, Optional<String> confirm, boolean consent);

  /**
   * Says what bringing back the records of a purged module would do.
   *
   * @param export the SHA-256 of the export's file, which is in the folder of exports or was
   *     received
   * @throws org.talka.api.error.DomainException NOT_FOUND if there is no such file, INVALID if it
   *     is no export or not what it was
   */
  ModulePlan planImport(String export, Locale locale);

  /**
   * A plan that was made.
   *
   * @throws org.talka.api.error.DomainException NOT_FOUND
   */
  ModulePlan plan(String id, Locale locale);

  ModuleOperation operation(String id, Locale locale);

  /**
   * Ends an operation that has not touched what runs yet; it is taken back. Returns at once.
   *
   * @throws org.talka.api.error.DomainException NOT_FOUND if there is no such operation, CONFLICT
   *     if it has ended or gone too far
   */
  void cancel(String operation);

  /**
   * The latest first, without their steps.
   *
   * @param after the page before's {@link Page#next()}
   */
  Page<ModuleOperation> operations(int limit, Optional<String> after, Locale locale);

  /** Whether the modules are as the database wants them; false while the server starts. */
  boolean ready();
}
