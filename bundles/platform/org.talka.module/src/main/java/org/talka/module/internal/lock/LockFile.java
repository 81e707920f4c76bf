/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;

/**
 * Which modules an installation has. The same installation gives the same text but for the line
 * that says when it was made.
 *
 * @param format of the file; there is one so far
 * @param talka version of the desk
 * @param modules by id
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LockFile(int format, String talka, String made, List<Locked> modules) {
  static final int FORMAT = 1;
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * A module.
   *
   * @param digest SHA-256 of its archive
   * @param state {@code active} or {@code disabled}
   * @param signature who vouched for the archive; for the reader only
   * @param configuration its configurations by PID, without secrets
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Locked(
      String id,
      String version,
      String digest,
      String state,
      String signature,
      Map<String, Map<String, String>> configuration) {
    public Locked {
      configuration = configuration == null ? Map.of() : new TreeMap<>(configuration);
    }

    boolean active() {
      return state.equals("active");
    }
  }

  public LockFile {
    modules =
        modules == null
            ? List.of()
            : modules.stream()
                .sorted(
                    java.util.Comparator.comparing(
                        Locked::id,
                        java.util.Comparator.nullsFirst(java.util.Comparator.naturalOrder())))
                .toList();
  }

  Optional<Locked> module(String id) {
    return modules.stream().filter(module -> module.id().equals(id)).findFirst();
  }

  byte[] bytes() {
    try {
      return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * @throws DomainException INVALID when it is no lock file that this version understands
   */
  static LockFile read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw refused("error.module.lock.size");
    }
    LockFile lock;
    try {
      lock = JSON.readValue(bytes, LockFile.class);
    } catch (IOException broken) {
      throw refused("error.module.lock.json");
    }
    if (lock == null || lock.format() != FORMAT) {
      throw refused("error.module.lock.format", "format", lock == null ? 0 : lock.format());
    }
    lock.modules().forEach(LockFile::check);
    if (lock.modules().stream().map(Locked::id).distinct().count() < lock.modules().size()) {
      throw refused("error.module.lock.twice");
    }
    return lock;
  }

  private static void check(Locked module) {
    boolean sound =
        module != null
            && module.id() != null
            && ID.matcher(module.id()).matches()
            && module.version() != null
            && module.version().length() <= 100
            && module.digest() != null
            && DIGEST.matcher(module.digest()).matches()
            && List.of("active", "disabled").contains(String.valueOf(module.state()));
    if (!sound) {
      throw refused(
          "error.module.lock.module", "module", module == null ? "" : String.valueOf(module.id()));
    }
  }

  private static DomainException refused(String key, Object... parameters) {
    return DomainException.invalid("file", key, parameters);
  }
}
