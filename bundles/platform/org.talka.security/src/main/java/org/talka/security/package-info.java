/* SPDX-License-Identifier: Apache-2.0 */
/** Who is at the door: used by the REST floor and the event stream. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.3.0")
package org.talka.security;
