/* SPDX-License-Identifier: Apache-2.0 */
/** Texts as keys, so that everybody reads them in their own language. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.talka.api.text;
