/* SPDX-License-Identifier: Apache-2.0 */
/** What happened, told after it is certain. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.event;
