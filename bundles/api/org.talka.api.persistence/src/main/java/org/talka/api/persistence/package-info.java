/* SPDX-License-Identifier: Apache-2.0 */
/** A bundle's own persistence unit, read and written inside the desk's one transaction. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.persistence;
