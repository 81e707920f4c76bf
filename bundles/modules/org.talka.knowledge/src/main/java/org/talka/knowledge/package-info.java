/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Knowledge management: articles with audiences, immutable versions and review (ITIL v3 Service
 * Transition, 4.7; ITIL 4 knowledge management). Built on the published API alone.
 */
@org.talka.api.module.TalkaModule(
    id = "knowledge",
    title = "Knowledge management",
    vendor = "Talka",
    schema = 1)
package org.talka.knowledge;
