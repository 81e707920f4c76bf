/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import org.talka.api.text.Text;

/** A step of an operation did not succeed, with a reason for the administrator. */
public class StepFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Text reason;

  public StepFailure(Text reason, Throwable cause) {
    super(reason.key() + " " + reason.args(), cause);
    this.reason = reason;
  }

  public StepFailure(Text reason) {
    this(reason, null);
  }

  public Text reason() {
    return reason;
  }
}
