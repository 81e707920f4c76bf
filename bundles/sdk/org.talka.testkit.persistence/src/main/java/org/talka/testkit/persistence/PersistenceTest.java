/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.testkit.persistence;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs all tests of a class once on each {@link Engine}, on a database of its own. The constructor,
 * test and life-cycle methods may take a {@link TestDatabase}, a {@code Transactions}, or, when
 * there is one unit only, its {@code Database}.
 */
@Documented
@Inherited
@ClassTemplate
@ExtendWith(PersistenceSuite.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PersistenceTest {
  /** The persistence units to open, by name; each must be on the class path. */
  String[] units();

  /** Whether each test finds the units' tables empty; rows of migrations are removed, too. */
  boolean clean() default true;

  /** The databases; both unless a test is about one. */
  Engine[] on() default {Engine.DERBY, Engine.POSTGRESQL};
}
