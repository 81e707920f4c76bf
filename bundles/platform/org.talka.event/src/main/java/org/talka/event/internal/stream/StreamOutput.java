/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.event.internal.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes on their way to one client. Never blocks: what the client does not take yet waits in a
 * bounded queue, and a client that lets it overflow is dropped; it comes back and resumes.
 *
 * <p>The monitor guards everything: the container calls from its threads, senders from theirs.
 */
final class StreamOutput implements WriteListener, AsyncListener {
  private static final Logger LOG = LoggerFactory.getLogger(StreamOutput.class);

  /** About a thousand events. */
  private static final int MOST_BYTES = 256 * 1024;

  private final AsyncContext context;
  private final ServletOutputStream output;
  private final Runnable onEnd;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private boolean flushNeeded;
  private boolean ended;

  StreamOutput(AsyncContext context, ServletOutputStream output, Runnable onEnd) {
    this.context = context;
    this.output = output;
    this.onEnd = onEnd;
  }

  /** Begins to write. */
  void open() {
    context.addListener(this);
    output.setWriteListener(this);
  }

  /** Adds bytes; whether the client is still there for them. */
  boolean send(byte[] frame) {
    boolean overflow;
    synchronized (this) {
      if (ended) {
        return false;
      }
      waiting.add(frame);
      bytes += frame.length;
      overflow = bytes > MOST_BYTES;
    }
    if (overflow) {
      LOG.debug("a client is too slow for the stream and is dropped");
      end();
      return false;
    }
    write();
    return true;
  }

  synchronized boolean ended() {
    return ended;
  }

  @Override
  public void onWritePossible() {
    write();
  }

  private void write() {
    boolean broken = false;
    synchronized (this) {
      try {
        while (!ended && output.isReady()) {
          byte[] frame = waiting.poll();
          if (frame != null) {
            bytes -= frame.length;
            flushNeeded = true;
            output.write(frame);
          } else if (flushNeeded) {
            flushNeeded = false;
            output.flush();
          } else {
            break;
          }
        }
      } catch (IOException | IllegalStateException e) {
        LOG.debug("a client of the stream went away", e);
        broken = true;
      }
    }
    if (broken) {
      end();
    }
  }

  /** Ends the stream. */
  void end() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      waiting.clear();
    }
    try {
      context.complete();
    } catch (RuntimeException e) {
      LOG.debug("a stream had ended already", e);
    }
    onEnd.run();
  }

  @Override
  public void onError(Throwable e) {
    LOG.debug("a client of the stream went away", e);
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // it is never started again
  }
}
