/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a module's attempt to end the process becomes; called by code that is woven into modules.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.gate.exit;
