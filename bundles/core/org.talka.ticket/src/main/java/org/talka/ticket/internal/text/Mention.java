/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.text;

import org.commonmark.node.CustomNode;

/** Somebody who is called by name: {@code @handle} in the text, the name where it is shown. */
final class Mention extends CustomNode {
  private final String handle;
  private final String name;

  Mention(String handle, String name) {
    this.handle = handle;
    this.name = name;
  }

  String handle() {
    return handle;
  }

  String name() {
    return name;
  }
}
