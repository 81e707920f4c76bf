/* SPDX-License-Identifier: Apache-2.0 */
/** What a module adds to the web UI. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.api.ui;
