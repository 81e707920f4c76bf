/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.extension;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface whose OSGi services the platform calls. The registering bundle tells which
 * module an implementation belongs to; every call goes through the gate, which times it, tags the
 * log and enforces {@link #budgetMillis}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ExtensionPoint {
  /** How implementations take part. */
  Kind kind();

  /** The time one call may take, in milliseconds; more counts as an overrun. */
  long budgetMillis();

  enum Kind {
    /**
     * Called on the request's thread inside its transaction. It must not do I/O; an exception is a
     * domain error that names the module and rolls the transaction back.
     */
    PARTICIPANT,
    /**
     * Called after commit on a platform thread, at least once per event, isolated from the request
     * and from other observers. It may block within its budget.
     */
    OBSERVER
  }
}
