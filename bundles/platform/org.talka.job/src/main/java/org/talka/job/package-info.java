/* SPDX-License-Identifier: Apache-2.0 */
/** Jobs, for those who look after them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.job;
