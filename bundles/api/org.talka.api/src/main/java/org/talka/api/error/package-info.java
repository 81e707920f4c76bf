/* SPDX-License-Identifier: Apache-2.0 */
/** How a refusal is said: what, where, what to do. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.error;
