/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.intake;

import java.util.Set;

/** The packages that the desk, its libraries and the JDK offer here. Any thread. */
public interface PlatformPackages {
  Set<String> names();
}
