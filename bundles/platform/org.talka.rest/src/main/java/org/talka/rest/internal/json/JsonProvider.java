/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.json;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Bodies of one application: JSON from and to records, maps and lists. */
@Consumes({MediaType.APPLICATION_JSON, JsonProvider.MERGE_PATCH})
@Produces(MediaType.APPLICATION_JSON)
public final class JsonProvider implements MessageBodyReader<Object>, MessageBodyWriter<Object> {
  /** JSON merge patch, RFC 7396. */
  public static final String MERGE_PATCH = "application/merge-patch+json";

  private final JsonCodec codec;

  public JsonProvider(JsonCodec codec) {
    this.codec = codec;
  }

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return !raw(type);
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    return codec.read(in, generic == null ? type : generic);
  }

  @Override
  public boolean isWriteable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return !raw(type);
  }

  @Override
  public void writeTo(
      Object value,
      Class<?> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, Object> headers,
      OutputStream out)
      throws IOException {
    codec.write(out, value);
  }

  /** What Jakarta REST reads and writes as it is. */
  private static boolean raw(Class<?> type) {
    return type == String.class
        || type == byte[].class
        || InputStream.class.isAssignableFrom(type)
        || Reader.class.isAssignableFrom(type)
        || StreamingOutput.class.isAssignableFrom(type)
        || File.class.isAssignableFrom(type)
        || MultivaluedMap.class.isAssignableFrom(type);
  }
}
