/* SPDX-License-Identifier: Apache-2.0 */
/** Conditions on records: one form for queries, visibility and lists. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.query;
