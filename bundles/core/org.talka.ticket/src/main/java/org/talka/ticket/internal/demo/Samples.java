/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.demo;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.module.SampleData;
import org.talka.api.persistence.Transactions;
import org.talka.api.security.Callers;
import org.talka.api.security.People;
import org.talka.gate.Extension;
import org.talka.gate.Extensions;
import org.talka.gate.Gate;
import org.talka.ticket.internal.service.PastTime;
import org.talka.ticket.internal.store.SampleStore;

/**
 * Lets modules bring their part of the demonstration, once each: the database remembers which have,
 * and that the desk is a demonstration at all. Called by the thread that tells the demonstration,
 * apart from {@link #close}.
 */
final class Samples implements AutoCloseable {
  private static final String DESK = "core";
  private static final Logger LOG = LoggerFactory.getLogger(Samples.class);

  private final Gate gate;
  private final SampleStore store;
  private final People people;
  private final Callers callers;
  private final Transactions transactions;
  private final PastTime time;

  /** Has a permit when modules may have come or gone, or this was closed. */
  private final Semaphore changes = new Semaphore(1);

  private volatile boolean closed;

  Samples(
      Gate gate,
      SampleStore store,
      People people,
      Callers callers,
      Transactions transactions,
      PastTime time) {
    this.gate = gate;
    this.store = store;
    this.people = people;
    this.callers = callers;
    this.transactions = transactions;
    this.time = time;
  }

  /** The desk's own people and tickets are there: from now on it is a demonstration. */
  void begin() {
    store.fill(DESK, now());
  }

  /** Fills modules as they come until this is closed; on a desk that is none of it, nothing. */
  void follow() throws InterruptedException {
    if (!store.filled(DESK)) {
      return;
    }
    try (Extensions<SampleData> extensions = gate.open(SampleData.class)) {
      extensions.onChange(changes::release);
      while (!closed) {
        changes.acquire();
        changes.drainPermits();
        if (!closed) {
          fill(extensions);
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    changes.release();
  }

  void fill(Extensions<SampleData> extensions) {
    for (Extension<SampleData> extension : extensions.all()) {
      if (extension.available() && !store.filled(extension.module())) {
        try {
          fill(extension);
        } catch (RuntimeException e) {
          LOG.error("Module {} can't bring its part of the demonstration", extension.module(), e);
        }
      }
    }
  }

  private void fill(Extension<SampleData> extension) {
    String module = extension.module();
    Story story = new Story(now());
    inTransaction(
        module,
        () -> {
          store.fill(module, story.now);
          extension.run(data -> data.fill(story));
        });
    for (Runnable rest : story.rest) {
      try {
        inTransaction(module, () -> extension.run(data -> rest.run()));
      } catch (RuntimeException e) {
        LOG.warn("Module {} leaves a part of the demonstration out", module, e);
      }
    }
    LOG.info("Module {} has brought its part of the demonstration", module);
  }

  private void inTransaction(String module, Runnable work) {
    callers.as(
        callers.system(module),
        () ->
            transactions.required(
                () -> {
                  work.run();
                  return null;
                }));
  }

  private <T> T past(String username, Instant when, Supplier<T> work) {
    DemoCaller who =
        people
            .personByUsername(username)
            .map(person -> new DemoCaller(person, people))
            .orElseThrow(() -> new IllegalArgumentException("There is no " + username));
    return time.at(when, () -> callers.as(who, work));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private final class Story implements SampleData.Context {
    private final Instant now;
    private final List<Runnable> rest = new ArrayList<>();

    Story(Instant now) {
      this.now = now;
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public Optional<String> ticket(String subject) {
      return store.ticket(subject);
    }

    @Override
    public <T> T as(String username, Instant when, Supplier<T> work) {
      return past(username, when, work);
    }

    @Override
    public void afterwards(Runnable work) {
      rest.add(work);
    }
  }
}
