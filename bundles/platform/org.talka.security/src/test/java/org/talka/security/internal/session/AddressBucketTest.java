/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;

class AddressBucketTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AddressBucket bucket = new AddressBucket(3, Duration.ofSeconds(10), nanos::get);

  @Test
  void isEmptyAfterAsManyFailuresAsItHolds() {
    empty("192.0.2.1");
    DomainException refused = assertThrows(DomainException.class, () -> bucket.admit("192.0.2.1"));
    assertEquals(ErrorKind.TOO_MANY, refused.kind());
    assertEquals(Duration.ofSeconds(10), refused.retryAfter().orElseThrow());
  }

  @Test
  void fillsAgainWithTime() {
    empty("192.0.2.1");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertDoesNotThrow(() -> bucket.admit("192.0.2.1"));
    bucket.failed("192.0.2.1");
    assertThrows(DomainException.class, () -> bucket.admit("192.0.2.1"));
  }

  @Test
  void whatCountsWhateverComesOfItSaysSoInItsOwnWords() {
    AddressBucket searches =
        new AddressBucket(2, Duration.ofSeconds(5), nanos::get, "error.portal.searches");
    searches.take("192.0.2.1");
    searches.take("192.0.2.1");
    DomainException refused = assertThrows(DomainException.class, () -> searches.take("192.0.2.1"));
    assertEquals("error.portal.searches", refused.text().key());
    assertEquals("5", refused.text().args().get("seconds"));
    assertDoesNotThrow(() -> searches.take("192.0.2.2"));
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    assertDoesNotThrow(() -> searches.take("192.0.2.1"));
  }

  @Test
  void keepsAddressesApart() {
    empty("192.0.2.1");
    assertDoesNotThrow(() -> bucket.admit("192.0.2.2"));
  }

  @Test
  void takesAnIpv6NetworkAsOneClient() {
    bucket.failed("2001:db8::1");
    bucket.failed("2001:db8::2");
    bucket.failed("2001:db8:0:0:ffff::3");
    assertThrows(DomainException.class, () -> bucket.admit("2001:db8::4"));
    assertDoesNotThrow(() -> bucket.admit("2001:db8:0:1::4"));
  }

  @Test
  void keepsABoundedNumberOfAddresses() {
    for (int i = 0; i < 50_000; i++) {
      bucket.failed("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
    }
    assertTrue(bucket.size() <= 20_000, "remembers " + bucket.size());
  }

  private void empty(String address) {
    for (int i = 0; i < 3; i++) {
      bucket.failed(address);
    }
  }
}
