/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Locale;
import org.talka.module.ModulePlan;

/** Plans of archives that are here already, by what they hold and not by what they are called. */
public interface KeptPlans {
  /**
   * Plans to bring an archive into service that came with the distribution, or was taken before.
   *
   * @param digest SHA-256 of the archive
   * @throws org.talka.api.error.DomainException NOT_FOUND if it is not here
   */
  ModulePlan planKept(String digest, Locale locale);
}
