/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.security.internal.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.text.Text;

/**
 * Counts what a client address does too often, as failures to sign in: every one takes a token out
 * of the address's bucket, which fills again slowly; from an empty one nothing more is tried. Who
 * signs in pays nothing, so that an office behind one address is not kept waiting.
 */
public final class AddressBucket {
  private static final int ADDRESSES = 20_000;
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private static final String TRIES = "error.session.tooMany";

  private record Level(double tokens, long nanos) {}

  private final Cache<String, Level> levels;
  private final int capacity;
  private final long nanosPerToken;
  private final java.util.function.LongSupplier nanoTime;
  private final String words;

  /**
   * @param capacity how many failures in a row are free
   * @param refill the time in which one comes back
   */
  AddressBucket(int capacity, Duration refill, java.util.function.LongSupplier nanoTime) {
    this(capacity, refill, nanoTime, TRIES);
  }

  /**
   * @param words the key of what a refusal says, with {@code seconds} to wait
   */
  public AddressBucket(
      int capacity, Duration refill, java.util.function.LongSupplier nanoTime, String words) {
    this.words = words;
    this.capacity = capacity;
    this.nanosPerToken = refill.toNanos();
    this.nanoTime = nanoTime;
    this.levels =
        Caffeine.newBuilder()
            .maximumSize(ADDRESSES)
            .expireAfterWrite(refill.multipliedBy(capacity).plusMinutes(1))
            .build();
  }

  /**
   * @throws DomainException TOO_MANY when the bucket is empty
   */
  void admit(String address) {
    Level level = levels.getIfPresent(network(address));
    if (level == null) {
      return;
    }
    double tokens = tokens(level, nanoTime.getAsLong());
    if (tokens < 1) {
      long wait = (long) ((1 - tokens) * nanosPerToken);
      throw tooMany(Duration.ofNanos(wait), words);
    }
  }

  /**
   * Takes a token at once, for what counts whatever comes of it.
   *
   * @throws DomainException TOO_MANY when the bucket is empty
   */
  public void take(String address) {
    admit(address);
    failed(address);
  }

  void failed(String address) {
    long now = nanoTime.getAsLong();
    levels
        .asMap()
        .compute(
            network(address),
            (key, level) ->
                new Level(Math.max(0, (level == null ? capacity : tokens(level, now)) - 1), now));
  }

  long size() {
    levels.cleanUp();
    return levels.estimatedSize();
  }

  private double tokens(Level level, long now) {
    return Math.min(capacity, level.tokens() + (double) (now - level.nanos()) / nanosPerToken);
  }

  /** Whole seconds, at least one: what {@code Retry-After} can say. */
  static DomainException tooMany(Duration wait) {
    return tooMany(wait, TRIES);
  }

  private static DomainException tooMany(Duration wait, String words) {
    Duration seconds = Duration.ofSeconds(Math.max(1, wait.plusMillis(999).toSeconds()));
    return new DomainException(
        ErrorKind.TOO_MANY, Text.of(words, "seconds", seconds.toSeconds()), List.of(), seconds);
  }

  /** An IPv6 client usually owns a /64 and could use a new address for every try. */
  private static String network(String address) {
    if (!address.contains(":") || !LITERAL.matcher(address).matches()) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == 2 * IPV6_NETWORK_BYTES
          ? Arrays.toString(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
