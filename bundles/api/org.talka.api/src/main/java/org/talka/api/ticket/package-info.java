/* SPDX-License-Identifier: Apache-2.0 */
/** Records described by data, and the points at which code takes part in their life. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.api.ticket;
