/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module;

/**
 * A module that can be installed from what came with the desk; texts are in the reader's language.
 *
 * @param icon a name from the web UI's icon set
 */
public record CatalogueEntry(
    String id, String title, String description, String version, String vendor, String icon) {}
