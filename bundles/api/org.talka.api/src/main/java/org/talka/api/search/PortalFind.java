/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.search;

/**
 * An answer in the portal.
 *
 * @param title in the caller's language
 * @param summary a few words beside it; may be empty
 * @param address a page of the portal, for example {@code /portal/m/example/example.articles/17}
 * @param icon a name from the web UI's icon set; may be empty
 */
public record PortalFind(String title, String summary, String address, String icon) {}
