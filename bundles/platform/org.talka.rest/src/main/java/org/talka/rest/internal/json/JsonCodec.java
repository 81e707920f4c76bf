/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.error.FieldError;
import org.talka.api.query.Page;
import org.talka.api.text.Text;

/**
 * JSON as the API speaks it: strict in what it reads, bounded in size and depth. An instance caches
 * what it learned about classes, so every application has its own: the caches of one that goes must
 * not hold the classes of a module.
 */
public final class JsonCodec {
  /** The largest document that is read, in bytes. */
  public static final int MAX_DOCUMENT = 5 * 1024 * 1024;

  private static final int MAX_STRING = 1024 * 1024;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER = 200;
  private static final int MAX_NAME = 1_000;

  private final ObjectMapper mapper;

  /** Lists of modules say in the same way as those of the desk that there is no next page. */
  private interface PageForm {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    Optional<String> next();
  }

  public JsonCodec() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // names come from outside: interning them would fill a table of the JVM
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    mapper =
        JsonMapper.builder(factory)
            // before the modules, which add to it
            .typeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(32, 400)))
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addMixIn(Page.class, PageForm.class)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(
                DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .withCoercionConfig(
                LogicalType.Textual,
                config ->
                    config
                        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();
  }

  /**
   * Reads one document.
   *
   * @throws DomainException MALFORMED or TOO_LARGE, saying what is wrong and where
   */
  public Object read(InputStream in, Type type) throws IOException {
    byte[] document = in.readNBytes(MAX_DOCUMENT + 1);
    if (document.length > MAX_DOCUMENT) {
      throw DomainException.of(ErrorKind.TOO_LARGE, "error.rest.body.too-large", "limit", "5 MB");
    }
    if (document.length == 0) {
      throw DomainException.malformed("error.rest.json.empty");
    }
    JsonText.check(document);
    try {
      Object value = mapper.readerFor(mapper.constructType(type)).readValue(document);
      if (value == null) {
        throw DomainException.malformed("error.rest.json.empty");
      }
      return value;
    } catch (JacksonException e) {
      throw refusal(e);
    }
  }

  /** Writes a value; the stream is not closed. */
  public void write(OutputStream out, Object value) throws IOException {
    out.write(bytes(value));
  }

  public byte[] bytes(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }

  /** For trees that are built by hand. */
  public ObjectMapper mapper() {
    return mapper;
  }

  private static DomainException refusal(JacksonException e) {
    if (rootConstraint(e)) {
      boolean large = e.getOriginalMessage().contains("String value length");
      return large
          ? DomainException.of(
              ErrorKind.TOO_LARGE, "error.rest.json.string-too-large", "limit", "1 MB")
          : DomainException.malformed("error.rest.json.limits", "depth", MAX_DEPTH);
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return field(path(unknown), "error.rest.json.unknown-field");
    }
    if (e instanceof JsonMappingException mapping) {
      Throwable cause = mapping.getCause();
      for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
        if (cause instanceof DomainException domain) {
          return domain; // a record's own check
        }
      }
      String path = path(mapping);
      if (!path.isEmpty()) {
        return field(path, "error.rest.json.wrong-type");
      }
      if (mapping instanceof MismatchedInputException
          || mapping instanceof ValueInstantiationException) {
        return DomainException.malformed("error.rest.json.wrong-shape");
      }
    }
    long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
    return DomainException.malformed("error.rest.json.malformed", "line", line, "column", column);
  }

  private static boolean rootConstraint(Throwable e) {
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < 5; depth++, cause = cause.getCause()) {
      if (cause instanceof StreamConstraintsException) {
        return true;
      }
    }
    return false;
  }

  private static DomainException field(String path, String key) {
    return new DomainException(
        ErrorKind.MALFORMED,
        Text.of(key, "field", path),
        List.of(new FieldError(path, Text.of(key, "field", path))),
        null);
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }
}
