/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.talka.api.error.DomainException;
import org.talka.api.persistence.Database;
import org.talka.api.rest.Operation;
import org.talka.api.rest.SignedIn;
import org.talka.rest.Multipart;

/** A resource that takes its time, writes before it refuses, and takes uploads. */
@Path("slow")
@SignedIn
public class SlowThings {
  public final CountDownLatch inside = new CountDownLatch(1);
  public final CountDownLatch go = new CountDownLatch(1);
  public final AtomicInteger calls = new AtomicInteger();
  public Database database;

  /** Some body. */
  public record Body(String name) {}

  @POST
  @Path("waits")
  @Operation("Wait")
  public Map<String, Integer> waits(Body body) throws InterruptedException {
    inside.countDown();
    go.await(10, TimeUnit.SECONDS);
    return Map.of("call", calls.incrementAndGet());
  }

  @POST
  @Path("then-fails")
  @Operation("Write, then refuse")
  public String thenFails(Body body) {
    database.write(
        em ->
            em.createNativeQuery(
                    "insert into rest_idempotency (id, fingerprint, answer, created_at)"
                        + " values ('x', 'x', 'x', current_timestamp)")
                .executeUpdate());
    throw DomainException.conflict("error.rest.http.409");
  }

  @POST
  @Path("upload")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation("Take an upload")
  public Map<String, Object> upload(
      @HeaderParam(HttpHeaders.CONTENT_TYPE) String type, InputStream body) throws IOException {
    calls.incrementAndGet();
    Multipart.Part part =
        Multipart.of(body, type, new Multipart.Limits(50L << 20, 5)).next().orElseThrow();
    try (InputStream in = part.content()) {
      return Map.of("name", part.fileName().orElse(""), "bytes", in.readAllBytes().length);
    }
  }
}
