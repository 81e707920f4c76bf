/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.life;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.text.Text;
import org.talka.module.OperationListener;

/**
 * Those who watch over modules, as they come and go: whoever fails is logged and passed over. They
 * are looked up when they are asked, since they themselves may need the life cycle.
 */
final class Containment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Containment.class);

  private final ServiceTracker<StartVeto, StartVeto> vetoes;
  private final ServiceTracker<ModuleCondition, ModuleCondition> conditions;
  private final ServiceTracker<OperationListener, OperationListener> listeners;
  private final ServiceTracker<Records, Records> records;

  Containment(BundleContext context) {
    vetoes = new ServiceTracker<>(context, StartVeto.class, null);
    conditions = new ServiceTracker<>(context, ModuleCondition.class, null);
    listeners = new ServiceTracker<>(context, OperationListener.class, null);
    records = new ServiceTracker<>(context, Records.class, null);
    vetoes.open();
    records.open();
    conditions.open();
    listeners.open();
  }

  @Override
  public void close() {
    vetoes.close();
    records.close();
    conditions.close();
    listeners.close();
  }

  /** Who keeps the modules' records. */
  Optional<Records> records() {
    return Optional.ofNullable(records.getService());
  }

  Optional<Text> veto(String module, boolean firstParty) {
    return first(all(vetoes), veto -> veto.veto(module, firstParty));
  }

  void starting(String module) {
    tell(all(vetoes), veto -> veto.starting(module));
  }

  void started(String module) {
    tell(all(vetoes), veto -> veto.started(module));
  }

  Optional<Text> fault(String module) {
    return first(all(conditions), condition -> condition.fault(module));
  }

  void progressed(String operation, String module) {
    tell(all(listeners), listener -> listener.progressed(operation, module));
  }

  private static <T> List<T> all(ServiceTracker<T, T> tracker) {
    return List.copyOf(tracker.getTracked().values());
  }

  private static <T> Optional<Text> first(List<T> all, Function<T, Optional<Text>> question) {
    for (T one : all) {
      try {
        Optional<Text> answer = question.apply(one);
        if (answer.isPresent()) {
          return answer;
        }
      } catch (RuntimeException failure) {
        LOG.error("{} did not answer", one.getClass().getName(), failure);
      }
    }
    return Optional.empty();
  }

  private static <T> void tell(List<T> all, Consumer<T> news) {
    for (T one : all) {
      try {
        news.accept(one);
      } catch (RuntimeException failure) {
        LOG.error("{} did not listen", one.getClass().getName(), failure);
      }
    }
  }
}
