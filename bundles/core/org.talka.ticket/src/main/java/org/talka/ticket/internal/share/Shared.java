/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.share;

/** Something that a person keeps and may share: a view, a text. */
public interface Shared {
  long id();

  String name();

  Sharing sharing();

  long version();
}
