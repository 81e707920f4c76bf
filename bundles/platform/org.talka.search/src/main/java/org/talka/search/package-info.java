/* SPDX-License-Identifier: Apache-2.0 */
/** A full-text index beside the database, and the language to ask it. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.search;
