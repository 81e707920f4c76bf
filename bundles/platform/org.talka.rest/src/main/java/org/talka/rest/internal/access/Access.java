/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.access;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;
import org.talka.api.rest.Open;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;

/** Who may call a resource method, as its annotations say. Deny is the default. */
public sealed interface Access {
  record ToAnybody() implements Access {}

  /**
   * To everybody who sees the portal, also without signing in.
   *
   * @param search whether visitors may do it only so often
   */
  record ToVisitors(boolean search) implements Access {}

  record ToSignedIn() implements Access {}

  record ToHolders(String permission) implements Access {}

  record ToNobody() implements Access {}

  /** The nearest word counts: the method's, then its interface's method's, then the class's. */
  static Access of(Class<?> resource, Method method) {
    return said(method)
        .or(() -> inherited(resource, method))
        .or(() -> onTypes(resource))
        .orElseGet(ToNobody::new);
  }

  /** As the OpenAPI document writes it. */
  default String word() {
    if (this instanceof ToAnybody) {
      return "open";
    }
    if (this instanceof ToVisitors) {
      return "portal";
    }
    if (this instanceof ToSignedIn) {
      return "signed-in";
    }
    return this instanceof ToHolders holders ? holders.permission() : "nobody";
  }

  private static Optional<Access> said(AnnotatedElement element) {
    for (Annotation annotation : element.getDeclaredAnnotations()) {
      if (annotation instanceof RequiresPermission permission) {
        return Optional.of(new ToHolders(permission.value()));
      }
    }
    if (element.isAnnotationPresent(SignedIn.class)) {
      return Optional.of(new ToSignedIn());
    }
    return Optional.ofNullable(element.getDeclaredAnnotation(Open.class))
        .map(open -> open.portal() ? new ToVisitors(open.search()) : new ToAnybody());
  }

  private static Optional<Access> inherited(Class<?> type, Method method) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      for (Class<?> contract : c.getInterfaces()) {
        try {
          Optional<Access> access =
              said(contract.getMethod(method.getName(), method.getParameterTypes()));
          if (access.isPresent()) {
            return access;
          }
        } catch (NoSuchMethodException absent) {
          // this interface has no say in it
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Access> onTypes(Class<?> type) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      Optional<Access> access = said(c);
      for (Class<?> contract : c.getInterfaces()) {
        access = access.isPresent() ? access : said(contract);
      }
      if (access.isPresent()) {
        return access;
      }
    }
    return Optional.empty();
  }
}
