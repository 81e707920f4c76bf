/* SPDX-License-Identifier: Apache-2.0 */
/** The database and its persistence units without a framework around them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.persistence.unit;
