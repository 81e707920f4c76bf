/* SPDX-License-Identifier: Apache-2.0 */
/** What an extension point says of itself. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.extension;
