/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Problem management: the cause of incidents, known errors and their workarounds (ITIL v3 Service
 * Operation, 4.4). Built on the published API alone.
 */
@org.talka.api.module.TalkaModule(
    id = "problem",
    title = "Problem management",
    vendor = "Talka",
    schema = 1)
package org.talka.problem;
