/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.event.DomainEvent;
import org.talka.api.security.Caller;
import org.talka.event.StreamMessage;
import org.talka.event.StreamSession;

/**
 * One client's stream. What it is told is worked out on the pool, one thing after the other, so
 * that an audience that takes its time for one client does not hold up the others.
 */
final class OpenStream {
  /** Decides what a caller sees of an event. */
  interface Audience extends BiFunction<Caller, DomainEvent, java.util.Optional<StreamMessage>> {}

  private static final Logger LOG = LoggerFactory.getLogger(OpenStream.class);

  /** More than this at once is a client that should load its page again. */
  private static final int MOST_WAITING = 2_000;

  private final StreamSession session;
  private final Caller caller;
  private final Audience audience;
  private final Executor pool;
  private final StreamOutput output;

  /** What is to be told, in order; guarded by itself, as is {@link #working}. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private boolean working;

  OpenStream(
      StreamSession session, Caller caller, Audience audience, Executor pool, StreamOutput output) {
    this.session = session;
    this.caller = caller;
    this.audience = audience;
    this.pool = pool;
    this.output = output;
  }

  StreamSession session() {
    return session;
  }

  /** Begins with what every stream begins with. */
  void hello(long from, Map<String, Object> data) {
    later(
        () -> {
          output.send(SseFrame.retry(3_000));
          output.send(SseFrame.event(from, "hello", data));
        });
  }

  void tell(List<DomainEvent> events) {
    later(() -> events.forEach(this::tell));
  }

  private void tell(DomainEvent event) {
    if (!output.ended()) {
      audience
          .apply(caller, event)
          .ifPresent(
              message ->
                  output.send(SseFrame.event(event.sequence(), message.event(), message.data())));
    }
  }

  void broadcast(byte[] frame) {
    later(() -> output.send(frame));
  }

  /** A sign of life, which says too that everything up to {@code position} has been told. */
  void alive(long position) {
    later(() -> output.send(SseFrame.heartbeat(position)));
  }

  private void later(Runnable task) {
    boolean overflow;
    synchronized (tasks) {
      tasks.add(task);
      overflow = tasks.size() > MOST_WAITING;
      if (working || overflow) {
        task = null;
      } else {
        working = true;
      }
    }
    if (overflow) {
      end();
    } else if (task != null) {
      try {
        pool.execute(this::work);
      } catch (RejectedExecutionException e) {
        end();
      }
    }
  }

  private void work() {
    while (true) {
      Runnable task;
      synchronized (tasks) {
        task = output.ended() ? null : tasks.poll();
        if (task == null) {
          tasks.clear();
          working = false;
          return;
        }
      }
      try {
        task.run();
      } catch (RuntimeException e) {
        // ending it makes the client resume, so that it does not miss what failed
        LOG.warn("an event could not be told to a stream, which is ended", e);
        end();
      }
    }
  }

  void end() {
    output.end();
  }
}
