/* SPDX-License-Identifier: Apache-2.0 */
/** What a module is and what it can do at the turns of its life. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.talka.api.module;
