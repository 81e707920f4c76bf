/* SPDX-License-Identifier: Apache-2.0 */
/** Work that is done from time to time. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.talka.api.job;
