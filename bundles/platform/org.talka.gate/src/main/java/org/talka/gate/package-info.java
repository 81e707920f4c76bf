/* SPDX-License-Identifier: Apache-2.0 */
/** The one gate through which every extension is called. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.gate;
