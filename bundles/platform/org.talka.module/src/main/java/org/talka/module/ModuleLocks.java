/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lock files: exactly which modules an installation has, so that another can be made the same. Any
 * thread; refusals are {@link org.talka.api.error.DomainException}s INVALID on the field {@code
 * file}.
 */
@ProviderType
public interface ModuleLocks {
  /** The lock file of this installation: JSON, sorted, without secrets. */
  byte[] export();

  /**
   * What a lock file says that is otherwise here, and what would be done about it. Changes nothing.
   *
   * @param disableExtra whether modules that the file does not name are to be disabled
   */
  Comparison compare(byte[] lock, boolean disableExtra, Locale locale);

  /**
   * Makes this installation what the file says, step by step, each an operation like any other;
   * stops at the first that fails. Returns at once.
   *
   * @throws org.talka.api.error.DomainException CONFLICT also while another file is applied, or
   *     when a step can't be done
   */
  Progress apply(byte[] lock, boolean disableExtra, Locale locale);

  /** How the last {@link #apply} since the start of the server gets on. */
  Optional<Progress> progress(Locale locale);

  /**
   * @param kind {@code missing}, {@code extra}, {@code version}, {@code content}, {@code state} or
   *     {@code configuration}
   * @param wanted what the file says; empty when it says nothing
   * @param here what is here; empty when nothing is
   * @param text the same in a sentence
   */
  record Difference(String module, String kind, String wanted, String here, String text) {}

  /**
   * @param action {@code install}, {@code update}, {@code rollback}, {@code enable}, {@code
   *     disable} or {@code configure}
   * @param version that would run after
   * @param blocker why it can't be done
   * @param state {@code pending}, {@code running}, {@code done} or {@code failed}
   * @param error why it failed
   */
  record Step(
      String module,
      String action,
      String version,
      Optional<String> blocker,
      String state,
      Optional<String> error) {}

  record Comparison(List<Difference> differences, List<Step> steps) {}

  record Progress(boolean running, List<Step> steps) {}
}
