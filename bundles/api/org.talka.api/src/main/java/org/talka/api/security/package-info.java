/* SPDX-License-Identifier: Apache-2.0 */
/** Who calls, and what they may. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.api.security;
