/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.rest;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the OpenAPI document says of a resource method beyond what its signature says. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Operation {
  /** One line, a verb first. */
  String value();

  /** The body of a successful answer; {@code void.class} when there is none. */
  Class<?> answers() default void.class;

  /** Whether the answer is a list page of {@link #answers}: {@code {"items":[…],"next":…}}. */
  boolean paged() default false;

  /** The body of the request when the method takes raw JSON. */
  Class<?> takes() default void.class;

  /**
   * Whether it changes nothing although its HTTP method is one that changes: a question that is too
   * long for an address. Callers that only read may ask it.
   */
  boolean reads() default false;

  /** The status of a successful answer. */
  int status() default 200;
}
