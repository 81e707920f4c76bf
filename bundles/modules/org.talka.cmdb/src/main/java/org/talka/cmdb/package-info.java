/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Service configuration management: configuration items of classes that administrators make, the
 * relations between them, and what a failure reaches (ITIL 4, "service configuration management").
 * Built on the published API alone.
 */
@org.talka.api.module.TalkaModule(
    id = "cmdb",
    title = "Configuration management",
    vendor = "Talka",
    schema = 1)
package org.talka.cmdb;
