/* SPDX-License-Identifier: Apache-2.0 */
/** What resource classes and plain servlets of the desk use beside Jakarta REST itself. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.rest;
