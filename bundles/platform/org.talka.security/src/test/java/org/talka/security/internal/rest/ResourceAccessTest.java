/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.talka.api.rest.Open;
import org.talka.api.rest.Operation;
import org.talka.api.rest.RequiresPermission;
import org.talka.api.rest.SignedIn;

/** Every operation says who may call it and what it does. */
class ResourceAccessTest {
  private static final List<Class<?>> RESOURCES =
      List.of(
          AppearanceResource.class,
          AuditResource.class,
          FrameTokenResource.class,
          LanguageResource.class,
          MeResource.class,
          OrganisationResource.class,
          PermissionResource.class,
          PersonAccessResource.class,
          RoleResource.class,
          SessionResource.class,
          SessionsResource.class,
          SettingResource.class,
          SetupResource.class,
          TeamResource.class,
          TokenResource.class,
          UserResource.class,
          WordResource.class);

  @Test
  void coversEveryResourceOfThePackage() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/java/org/talka/security/internal/rest"))) {
      Set<String> names = new HashSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Resource.java"))
          .forEach(name -> names.add(name.replace(".java", "")));
      Set<String> known = new HashSet<>();
      RESOURCES.forEach(resource -> known.add(resource.getSimpleName()));
      assertEquals(names, known);
    }
  }

  @Test
  void isSaidOfEveryOperation() {
    for (Class<?> resource : RESOURCES) {
      for (Method method : operations(resource)) {
        assertNotNull(method.getAnnotation(Operation.class), method.toString());
        assertTrue(guarded(method) || guarded(resource), method.toString());
      }
    }
  }

  @Test
  void isOpenToEverybodyOnlyAtTheEntrance() {
    Set<String> open = new HashSet<>();
    for (Class<?> resource : RESOURCES) {
      for (Method method : operations(resource)) {
        if (method.isAnnotationPresent(Open.class) || resource.isAnnotationPresent(Open.class)) {
          open.add(resource.getSimpleName() + "." + method.getName());
        }
      }
    }
    assertEquals(
        Set.of(
            "AppearanceResource.get",
            "SessionResource.state",
            "SessionResource.signIn",
            "SetupResource.setUp"),
        open);
  }

  @Test
  void asksOnlyForPermissionsThatAreDeclared() throws IOException {
    Set<String> declared = new HashSet<>();
    try (InputStream in = ResourceAccessTest.class.getResourceAsStream("/TALKA-INF/module.json")) {
      new ObjectMapper()
          .readTree(in)
          .get("permissions")
          .forEach(permission -> declared.add(permission.get("key").asText()));
    }
    for (Class<?> resource : RESOURCES) {
      for (Method method : operations(resource)) {
        RequiresPermission required = method.getAnnotation(RequiresPermission.class);
        assertTrue(required == null || declared.contains(required.value()), method.toString());
      }
    }
  }

  private static boolean guarded(java.lang.reflect.AnnotatedElement element) {
    return element.isAnnotationPresent(Open.class)
        || element.isAnnotationPresent(SignedIn.class)
        || element.isAnnotationPresent(RequiresPermission.class);
  }

  private static List<Method> operations(Class<?> resource) {
    return Stream.of(resource.getDeclaredMethods())
        .filter(
            method ->
                Stream.of(method.getAnnotations())
                    .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class)))
        .toList();
  }
}
