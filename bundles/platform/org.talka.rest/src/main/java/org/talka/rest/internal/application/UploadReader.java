/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.application;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Optional;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.rest.Upload;
import org.talka.rest.Multipart;

/** Gives resource methods the file that was sent. */
@Consumes(MediaType.MULTIPART_FORM_DATA)
final class UploadReader implements MessageBodyReader<Upload> {
  /** Beyond that nobody holds a file in memory. */
  private static final long LARGEST = 64L << 20;

  private static final int PARTS = 10;

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type == Upload.class;
  }

  @Override
  public Upload readFrom(
      Class<Upload> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in) {
    Multipart parts =
        Multipart.of(in, headers.getFirst("Content-Type"), new Multipart.Limits(LARGEST, PARTS));
    for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
      if (part.get().name().equals("file")) {
        return new File(part.get());
      }
    }
    throw DomainException.invalid("file", "error.rest.multipart.file");
  }

  private record File(Multipart.Part part) implements Upload {
    @Override
    public String name() {
      return part.fileName().orElse("");
    }

    @Override
    public String contentType() {
      return part.contentType().orElse("");
    }

    @Override
    public byte[] bytes(int most) {
      try (InputStream content = part.content()) {
        byte[] bytes = content.readNBytes(most + 1);
        if (bytes.length > most) {
          throw DomainException.of(
              ErrorKind.TOO_LARGE, "error.rest.multipart.too-large", "limit", (most >> 20) + " MB");
        }
        return bytes;
      } catch (IOException e) {
        throw DomainException.malformed("error.rest.multipart.malformed");
      }
    }
  }
}
