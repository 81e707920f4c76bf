/* SPDX-License-Identifier: Apache-2.0 */
/** Extra words under which a ticket is found. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.talka.api.search;
