/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.text;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns markdown into HTML: the one renderer of the desk, so that a text looks the same in a page,
 * in a mail and in an export. May be called on any thread; does not block.
 */
@ProviderType
public interface MarkdownRenderer {
  /**
   * HTML that is safe to put into a page: HTML in the source is shown as text, and only harmless
   * elements and links remain. CommonMark with tables, task lists and bare links; a line break is a
   * line break.
   *
   * @return empty for an empty source
   */
  String html(String markdown);
}
