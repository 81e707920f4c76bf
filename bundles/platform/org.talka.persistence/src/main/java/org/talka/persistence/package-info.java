/* SPDX-License-Identifier: Apache-2.0 */
/** What the platform says of its database, and migrations for the life cycle of modules. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.talka.persistence;
