/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal;

/** What was asked can't be done; the message is the whole answer to the person at the console. */
final class CommandRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandRefusal(String sentence) {
    super(sentence, null, false, false);
  }
}
