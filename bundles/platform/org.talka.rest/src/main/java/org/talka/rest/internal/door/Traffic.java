/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.rest.internal.door;

import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Component;

/** Counts answers by kind and by time, for the metrics. */
@Component(service = Traffic.class)
public final class Traffic {
  /** Upper ends of the time buckets in seconds; the last bucket has none. */
  private static final double[] BOUNDS = {0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5};

  private final LongAdder[] statuses = adders(6);
  private final LongAdder[] buckets = adders(BOUNDS.length + 1);
  private final LongAdder nanos = new LongAdder();

  void answered(int status, long elapsedNanos) {
    statuses[Math.min(5, Math.max(1, status / 100))].increment();
    nanos.add(elapsedNanos);
    double seconds = elapsedNanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
  }

  /** In the text format of Prometheus. */
  public void write(StringBuilder out) {
    out.append("# TYPE talka_http_requests_total counter\n");
    for (int kind = 1; kind < statuses.length; kind++) {
      out.append("talka_http_requests_total{status=\"").append(kind).append("xx\"} ");
      out.append(statuses[kind].sum()).append('\n');
    }
    out.append("# TYPE talka_http_request_seconds histogram\n");
    long sum = 0;
    for (int i = 0; i < buckets.length; i++) {
      sum += buckets[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      out.append("talka_http_request_seconds_bucket{le=\"").append(bound).append("\"} ");
      out.append(sum).append('\n');
    }
    out.append("talka_http_request_seconds_sum ").append(nanos.sum() / 1e9).append('\n');
    out.append("talka_http_request_seconds_count ").append(sum).append('\n');
  }

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }
}
