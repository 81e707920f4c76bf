/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.module.DeclarationListener;
import org.talka.module.Declarations;
import org.talka.module.ModuleDescriptor;
import org.talka.module.RegistryListener;
import org.talka.module.internal.text.Words;

/**
 * What is declared now, and who is told. Listeners are told one at a time, in one order for all of
 * them: {@link #telling} guards the listeners' list and is held while they are told. Readers use a
 * snapshot and never wait.
 */
@Component(service = {Declarations.class, DeclarationRegistry.class})
public final class DeclarationRegistry implements Declarations {
  private static final Logger LOG = LoggerFactory.getLogger(DeclarationRegistry.class);

  private final Words words;
  private final ReentrantLock telling = new ReentrantLock();
  private final Map<Long, Declared> byBundle = new LinkedHashMap<>();
  private final List<DeclarationListener> listeners = new ArrayList<>();
  private final List<RegistryListener> watchers = new CopyOnWriteArrayList<>();
  private final AtomicLong generation;
  private volatile List<Declared> snapshot = List.of();

  /**
   * What one bundle declares.
   *
   * @param edition tells this content of the bundle from any other, for addresses of its files
   */
  public record Declared(ModuleDescriptor descriptor, String edition) {}

  @Activate
  public DeclarationRegistry(@Reference Words words) {
    this(words, System.currentTimeMillis());
  }

  /**
   * @param firstGeneration above all generations of earlier starts, so that a client which was
   *     connected to one of those notices the change
   */
  DeclarationRegistry(Words words, long firstGeneration) {
    this.words = words;
    this.generation = new AtomicLong(firstGeneration);
  }

  @Override
  public List<ModuleDescriptor> current() {
    return snapshot.stream().map(Declared::descriptor).toList();
  }

  public List<Declared> declared() {
    return snapshot;
  }

  @Override
  public long generation() {
    return generation.get();
  }

  @Override
  public Map<String, String> words(Locale locale) {
    return words.all(locale);
  }

  @Override
  public List<Locale> languages() {
    return words.languages();
  }

  @Override
  public List<Locale> offered() {
    return words.offered();
  }

  /**
   * Tells all listeners. If one refuses a module, those told before are told that it is withdrawn,
   * and the refusal is thrown on. The desk's own declarations go to all that take them: the desk
   * starts without whatever one part of it could not do. What another bundle of the same module has
   * declared is replaced without a gap, and stays when the new is refused.
   */
  public void declare(long bundle, Declared declared) {
    telling.lock();
    try {
      Map.Entry<Long, Declared> before = ofModule(declared.descriptor());
      if (before != null) {
        replace(before, bundle, declared);
        return;
      }
      withdraw(bundle);
      List<DeclarationListener> told = new ArrayList<>();
      for (DeclarationListener listener : listeners) {
        try {
          listener.declared(declared.descriptor());
          told.add(listener);
        } catch (RuntimeException refused) {
          if (!declared.descriptor().module()) {
            reportRefusal(listener, declared, refused);
            continue;
          }
          told.forEach(earlier -> tellWithdrawn(earlier, declared.descriptor()));
          throw refused;
        }
      }
      byBundle.put(bundle, declared);
      snapshot = List.copyOf(byBundle.values());
      generation.incrementAndGet();
    } finally {
      telling.unlock();
    }
  }

  private Map.Entry<Long, Declared> ofModule(ModuleDescriptor descriptor) {
    return byBundle.entrySet().stream()
        .filter(entry -> descriptor.module() && entry.getValue().descriptor().module())
        .filter(entry -> entry.getValue().descriptor().id().equals(descriptor.id()))
        .findFirst()
        .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
        .orElse(null);
  }

  private void replace(Map.Entry<Long, Declared> before, long bundle, Declared declared) {
    if (before.getKey() == bundle && before.getValue().equals(declared)) {
      return;
    }
    ModuleDescriptor old = before.getValue().descriptor();
    List<DeclarationListener> told = new ArrayList<>();
    for (DeclarationListener listener : listeners) {
      try {
        listener.replaced(old, declared.descriptor());
        told.add(listener);
      } catch (RuntimeException refused) {
        told.forEach(earlier -> putBack(earlier, declared.descriptor(), old));
        throw refused;
      }
    }
    byBundle.remove(before.getKey());
    byBundle.put(bundle, declared);
    snapshot = List.copyOf(byBundle.values());
    generation.incrementAndGet();
  }

  private static void putBack(
      DeclarationListener listener, ModuleDescriptor refused, ModuleDescriptor before) {
    try {
      listener.replaced(refused, before);
    } catch (RuntimeException failure) {
      LOG.error(
          "{} failed to take the earlier declarations of {} back",
          listener.getClass().getName(),
          before.id(),
          failure);
    }
  }

  /**
   * Withdraws whatever a module has declared.
   *
   * @return the bundle that had, if any
   */
  public OptionalLong withdrawModule(String module) {
    telling.lock();
    try {
      for (Map.Entry<Long, Declared> entry : byBundle.entrySet()) {
        ModuleDescriptor descriptor = entry.getValue().descriptor();
        if (descriptor.module() && descriptor.id().equals(module)) {
          withdraw(entry.getKey());
          return OptionalLong.of(entry.getKey());
        }
      }
      return OptionalLong.empty();
    } finally {
      telling.unlock();
    }
  }

  /** The bundle whose declarations a module has now. */
  OptionalLong bundleOf(String module) {
    telling.lock();
    try {
      return byBundle.entrySet().stream()
          .filter(entry -> entry.getValue().descriptor().module())
          .filter(entry -> entry.getValue().descriptor().id().equals(module))
          .mapToLong(Map.Entry::getKey)
          .findFirst();
    } finally {
      telling.unlock();
    }
  }

  /** Does nothing when the bundle has declared nothing. */
  public void withdraw(long bundle) {
    telling.lock();
    try {
      Declared gone = byBundle.remove(bundle);
      if (gone != null) {
        snapshot = List.copyOf(byBundle.values());
        generation.incrementAndGet();
        listeners.forEach(listener -> tellWithdrawn(listener, gone.descriptor()));
      }
    } finally {
      telling.unlock();
    }
  }

  /** Tells a new listener of all that is declared, and of what comes. */
  public void addListener(DeclarationListener listener) {
    telling.lock();
    try {
      listeners.add(listener);
      for (Declared declared : byBundle.values()) {
        try {
          listener.declared(declared.descriptor());
        } catch (RuntimeException refused) {
          reportRefusal(listener, declared, refused);
        }
      }
    } finally {
      telling.unlock();
    }
  }

  public void removeListener(DeclarationListener listener) {
    telling.lock();
    try {
      listeners.remove(listener);
    } finally {
      telling.unlock();
    }
  }

  public void addWatcher(RegistryListener watcher) {
    watchers.add(watcher);
  }

  public void removeWatcher(RegistryListener watcher) {
    watchers.remove(watcher);
  }

  /** A module's state changed: clients that saw the generation before are behind. */
  public void changed(String module, String state) {
    long now = generation.incrementAndGet();
    for (RegistryListener watcher : watchers) {
      try {
        watcher.changed(now, module, state);
      } catch (RuntimeException failure) {
        LOG.error("{} failed to pass on a change", watcher.getClass().getName(), failure);
      }
    }
  }

  private static void reportRefusal(
      DeclarationListener listener, Declared declared, RuntimeException refused) {
    LOG.error(
        "{} does not take the declarations of {}",
        listener.getClass().getName(),
        declared.descriptor().id(),
        refused);
  }

  private static void tellWithdrawn(DeclarationListener listener, ModuleDescriptor descriptor) {
    try {
      listener.withdrawn(descriptor);
    } catch (RuntimeException failure) {
      LOG.error(
          "{} failed to withdraw the declarations of {}",
          listener.getClass().getName(),
          descriptor.id(),
          failure);
    }
  }
}
