/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.Optional;
import org.talka.api.text.Text;

/**
 * An OSGi service that tells how a module that runs behaves. Asked about twice a second while a new
 * version is on probation; must not block.
 */
public interface ModuleCondition {
  /** What is wrong with the module right now, in words for an administrator; empty if nothing. */
  Optional<Text> fault(String module);
}
