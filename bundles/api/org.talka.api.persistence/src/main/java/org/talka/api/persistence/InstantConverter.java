/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.api.persistence;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Stores an {@link Instant} as a timestamp in UTC with microseconds (the precision that Derby and
 * PostgreSQL share). Without it EclipseLink 4 would write a serialised Java object. The platform
 * adds it to every unit; the server's default time zone is UTC, so that the driver shifts nothing.
 */
@Converter(autoApply = true)
public class InstantConverter implements AttributeConverter<Instant, Timestamp> {
  @Override
  public Timestamp convertToDatabaseColumn(Instant instant) {
    return instant == null ? null : Timestamp.from(instant.truncatedTo(ChronoUnit.MICROS));
  }

  @Override
  public Instant convertToEntityAttribute(Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }
}
