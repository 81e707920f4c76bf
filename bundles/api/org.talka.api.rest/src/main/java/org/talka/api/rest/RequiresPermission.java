/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a resource method. A method that carries neither this, {@link SignedIn} nor {@link
 * Open} (itself or on its class) is refused to everybody: deny is the default.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresPermission {
  /** A permission key, for example {@code ticket:read}; any scope of it is enough to enter. */
  String value();
}
