/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.persistence.internal;

import org.eclipse.persistence.logging.AbstractSessionLog;
import org.eclipse.persistence.logging.SessionLog;
import org.eclipse.persistence.logging.SessionLogEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends EclipseLink's log to SLF4J. Failures reach the caller as exceptions and are logged at the
 * boundary, so that here they are only worth a debug line.
 */
public final class SessionLogBridge extends AbstractSessionLog {
  private static final Logger LOG = LoggerFactory.getLogger("org.eclipse.persistence");

  @Override
  public void log(SessionLogEntry entry) {
    if (entry.hasException()) {
      LOG.debug("{}", formatMessage(entry), entry.getException());
    } else if (entry.getLevel() >= SessionLog.WARNING) {
      LOG.warn("{}", formatMessage(entry));
    } else {
      LOG.debug("{}", formatMessage(entry));
    }
  }

  @Override
  public boolean shouldLog(int level, String category) {
    return level >= SessionLog.WARNING;
  }

  @Override
  public boolean shouldLog(int level) {
    return level >= SessionLog.WARNING;
  }
}
