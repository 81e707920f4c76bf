/* SPDX-License-Identifier: Apache-2.0 */
/** What a resource class says about who may call it, and what it takes and answers. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.2.0")
package org.talka.api.rest;
