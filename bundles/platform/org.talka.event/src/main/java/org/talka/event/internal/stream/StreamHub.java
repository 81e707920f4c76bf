/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.DomainException;
import org.talka.api.error.ErrorKind;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.api.security.PersonId;
import org.talka.event.StreamBroadcast;
import org.talka.event.StreamMessage;
import org.talka.event.StreamSession;
import org.talka.event.StreamSessions;
import org.talka.event.internal.outbox.Outbox;

/**
 * All open streams. One thread reads new events once and hands them to each.
 *
 * <p>The monitor makes joining and telling exclude each other: a stream that resumes first gets
 * what it missed up to the hub's position, and then everything after it.
 */
final class StreamHub implements StreamBroadcast, StreamSessions, AutoCloseable {
  static final int MOST_PER_SESSION = 8;
  private static final int MOST = 2_000;

  /** Who missed more is told to load everything again. */
  private static final int MOST_MISSED = 1_000;

  private static final int BATCH = 200;
  private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

  private final Outbox outbox;
  private final OpenStream.Audience audience;
  private final Supplier<Map<String, Object>> greeting;
  private final Set<OpenStream> streams = ConcurrentHashMap.newKeySet();
  private final ExecutorService pool;
  private final ScheduledExecutorService heart;
  private final Thread reader;

  /** Everything up to here has been handed to the streams; changed under the monitor. */
  private volatile long position;

  private volatile boolean closed;

  /**
   * @param greeting what the first event of each stream says besides
   */
  StreamHub(
      Outbox outbox,
      OpenStream.Audience audience,
      Supplier<Map<String, Object>> greeting,
      Duration heartbeat) {
    this.outbox = outbox;
    this.audience = audience;
    this.greeting = greeting;
    this.position = outbox.lastSequence();
    this.pool = Executors.newFixedThreadPool(2, task -> thread(task, "talka-stream"));
    this.heart = Executors.newSingleThreadScheduledExecutor(t -> thread(t, "talka-stream-heart"));
    this.reader = thread(this::read, "talka-stream-reader");
    reader.start();
    heart.scheduleAtFixedRate(
        this::beat, heartbeat.toMillis(), heartbeat.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Checks that there is room, and finds out which streams of the session belong to pages that are
   * gone: whoever reloads a page again and again is not to run out of room.
   *
   * @throws DomainException if there is none
   */
  void requireRoom(StreamSession session) {
    if (closed || streams.size() >= MOST) {
      throw new DomainException(
          ErrorKind.UNAVAILABLE,
          org.talka.api.text.Text.of("error.event.full"),
          List.of(),
          Duration.ofSeconds(30));
    }
    List<OpenStream> theirs =
        streams.stream().filter(stream -> stream.session().equals(session)).toList();
    // a page that was left is noticed only when something is sent to it, by the second time at last
    theirs.forEach(stream -> stream.alive(position));
    if (theirs.size() >= MOST_PER_SESSION) {
      throw new DomainException(
          ErrorKind.TOO_MANY,
          org.talka.api.text.Text.of("error.event.streams"),
          List.of(),
          Duration.ofSeconds(1));
    }
  }

  /**
   * Opens a stream.
   *
   * @param resume the last event that the client knows, when it was here before
   */
  void open(
      StreamSession session,
      Caller caller,
      OptionalLong resume,
      AsyncContext context,
      ServletOutputStream output) {
    OpenStream[] self = new OpenStream[1];
    StreamOutput out = new StreamOutput(context, output, () -> streams.remove(self[0]));
    OpenStream stream = new OpenStream(session, caller, audience, pool, out);
    self[0] = stream;
    out.open();
    synchronized (this) {
      if (closed) {
        stream.end();
        return;
      }
      Optional<List<DomainEvent>> missed = missed(resume);
      Map<String, Object> hello = new TreeMap<>(greeting.get());
      hello.put("resumed", resume.isPresent() && missed.isPresent());
      stream.hello(missed.isPresent() && resume.isPresent() ? resume.getAsLong() : position, hello);
      missed.filter(events -> !events.isEmpty()).ifPresent(stream::tell);
      streams.add(stream);
    }
    if (out.ended()) {
      streams.remove(stream);
    }
  }

  /** What was told since; absent when it is too much, or when the number is none of ours. */
  private Optional<List<DomainEvent>> missed(OptionalLong resume) {
    if (resume.isEmpty()) {
      return Optional.of(List.of());
    }
    long from = resume.getAsLong();
    if (from > position || position - from > MOST_MISSED) {
      return Optional.empty();
    }
    if (from == position) {
      return Optional.of(List.of());
    }
    return Optional.of(
        outbox.after(from, MOST_MISSED).stream()
            .filter(event -> event.sequence() <= position)
            .toList());
  }

  private void read() {
    while (!closed) {
      try {
        if (outbox.awaitAfter(position, Duration.ofMinutes(1), () -> closed)) {
          hand();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("the stream can't read events; trying again", e);
        pause();
      }
    }
  }

  private synchronized void hand() {
    long horizon = outbox.lastSequence();
    if (streams.isEmpty()) {
      position = horizon;
      return;
    }
    List<DomainEvent> events = outbox.after(position, BATCH);
    if (!events.isEmpty()) {
      streams.forEach(stream -> stream.tell(events));
    }
    long last = events.isEmpty() ? position : events.get(events.size() - 1).sequence();
    position = events.size() < BATCH ? Math.max(horizon, last) : last;
  }

  private synchronized void pause() {
    try {
      if (!closed) {
        wait(500);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void beat() {
    long told = position;
    streams.forEach(stream -> stream.alive(told));
  }

  @Override
  public void send(String event, Map<String, Object> data) {
    send(session -> true, event, data);
  }

  @Override
  public void send(Set<PersonId> people, String event, Map<String, Object> data) {
    if (!people.isEmpty()) {
      send(session -> session.person().filter(people::contains).isPresent(), event, data);
    }
  }

  private void send(Predicate<StreamSession> to, String event, Map<String, Object> data) {
    StreamMessage message = new StreamMessage(event, data);
    byte[] frame = SseFrame.event(message.event(), message.data());
    streams.stream()
        .filter(stream -> to.test(stream.session()))
        .forEach(stream -> stream.broadcast(frame));
  }

  @Override
  public int end(Predicate<StreamSession> which) {
    List<OpenStream> ending =
        streams.stream().filter(stream -> which.test(stream.session())).toList();
    ending.forEach(OpenStream::end);
    return ending.size();
  }

  @Override
  public int open() {
    return streams.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    outbox.wakeReaders();
    heart.shutdown();
    streams.forEach(OpenStream::end);
    pool.shutdown();
    try {
      reader.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
