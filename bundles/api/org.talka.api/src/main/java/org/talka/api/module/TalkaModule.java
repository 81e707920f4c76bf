/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.module;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.annotation.bundle.Header;
import org.osgi.annotation.bundle.Requirement;

/**
 * Makes a bundle a module. Put it on the {@code package-info} of the bundle's main package; bnd
 * turns it into the manifest header {@code Talka-Module}, a {@code talka.module} capability that
 * other modules can require, and the requirement of a platform that is new enough.
 *
 * <pre>
 * {@literal @}TalkaModule(id = "problem", title = "Problem management", vendor = "Talka")
 * package org.talka.problem;
 * </pre>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PACKAGE)
@Header(
    name = "Talka-Module",
    value = "${#id};title=\"${#title}\";vendor=\"${#vendor}\";schema=${#schema}")
@Capability(namespace = "talka.module", name = "${#id}", version = "${#offers}")
@Requirement(namespace = "talka.platform", name = "talka", version = "1.0")
public @interface TalkaModule {
  /** Lower-case letters, digits and hyphens; prefixes tables, permissions and REST paths. */
  String id();

  /** The name that administrators read when no catalogue translates {@code module.<id>.title}. */
  String title();

  String vendor();

  /** Version of the module's tables; grows only with a migration. */
  int schema() default 1;

  /** Version of what the module offers to other modules, by which they require it. */
  String offers() default "1.0.0";
}
