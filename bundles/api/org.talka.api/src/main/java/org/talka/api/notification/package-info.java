/* SPDX-License-Identifier: Apache-2.0 */
/** Telling people of the desk what they have to know of a module's records. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.notification;
