/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.fake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;

/** The words of a module, and the descriptors that tests use. */
public final class FakeDeclarations implements Declarations {
  @Override
  public List<ModuleDescriptor> current() {
    return List.of(desk());
  }

  @Override
  public long generation() {
    return 1;
  }

  @Override
  public Map<String, String> words(Locale locale) {
    return Map.of(
        "type.fault",
        locale.getLanguage().equals("lv") ? "Kļūme" : "Fault",
        "field.faultCause",
        "Cause");
  }

  @Override
  public List<Locale> languages() {
    return List.of(Locale.ENGLISH, Locale.forLanguageTag("lv"));
  }

  /** The desk's own declarations, as they ship. */
  public static ModuleDescriptor desk() {
    Path file = Path.of("../org.talka.desk/src/main/resources/TALKA-INF/module.json");
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A module with a type of its own, and a field and link that reach incidents. */
  public static ModuleDescriptor faults() {
    try (InputStream in = FakeDeclarations.class.getResourceAsStream("/fault-module.json")) {
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModuleDescriptor read(InputStream in) throws IOException {
    return JsonMapper.builder()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build()
        .readValue(in, ModuleDescriptor.class);
  }
}
