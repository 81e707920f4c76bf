/* SPDX-License-Identifier: Apache-2.0 */
/** What bundles declare, and the life of modules. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.talka.module;
