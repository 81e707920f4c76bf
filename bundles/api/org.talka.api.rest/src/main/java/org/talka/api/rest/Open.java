/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Anybody may call it, signed in or not: the sign-in itself, the words of the sign-in page, what
 * the portal shows to visitors. Nothing else lets somebody in who has not signed in. The caller is
 * then of the kind {@code ANONYMOUS}: in no team, with no permission, and never null.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Open {
  /**
   * Whether only while an administrator shows the portal to everybody; as long as it is closed, who
   * is not signed in gets 401. What a module shows to the public belongs here.
   */
  boolean portal() default false;

  /**
   * Whether it searches: those who are not signed in get 429 with {@code Retry-After} when too many
   * searches come from one address. For what is shown to visitors of the portal.
   */
  boolean search() default false;
}
