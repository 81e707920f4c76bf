/* SPDX-License-Identifier: Apache-2.0 */
/** Events for the platform and the desk itself: consumers, the log, and the stream to browsers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.talka.event;
