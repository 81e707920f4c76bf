/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.api.error.FieldError;
import org.talka.module.DeclarationListener;
import org.talka.module.ModuleDescriptor;
import org.talka.module.RegistryListener;
import org.talka.module.internal.text.Words;

/**
 * Takes declarations and words from the desk's own bundles as they start. Modules go through their
 * life cycle instead, which uses {@link #declareModule}. A component apart from {@link
 * DeclarationRegistry}, so that a listener may itself use the declarations.
 */
@Component(service = DeclarationExtender.class, immediate = true)
public final class DeclarationExtender implements BundleTrackerCustomizer<Bundle> {
  /** The header that makes a bundle a module. */
  public static final String MODULE_HEADER = "Talka-Module";

  private static final Logger LOG = LoggerFactory.getLogger(DeclarationExtender.class);

  private final DeclarationRegistry registry;
  private final Words words;
  private final ServiceTracker<DeclarationListener, DeclarationListener> listeners;
  private final ServiceTracker<RegistryListener, RegistryListener> watchers;
  private final BundleTracker<Bundle> bundles;

  @Activate
  public DeclarationExtender(
      BundleContext context, @Reference DeclarationRegistry registry, @Reference Words words) {
    this.registry = registry;
    this.words = words;
    listeners =
        new ServiceTracker<>(
            context,
            DeclarationListener.class,
            new Followed<>(context, registry::addListener, registry::removeListener));
    watchers =
        new ServiceTracker<>(
            context,
            RegistryListener.class,
            new Followed<>(context, registry::addWatcher, registry::removeWatcher));
    bundles = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
    watchers.open();
    listeners.open();
    bundles.open();
  }

  @Deactivate
  void stop() {
    bundles.close();
    listeners.close();
    watchers.close();
  }

  /**
   * Declares a module's bundle and offers its words, in place of those of its module's bundle
   * before.
   *
   * @throws org.talka.api.error.DomainException if somebody refuses the declarations; the earlier
   *     ones stay
   */
  public void declareModule(Bundle bundle, ModuleDescriptor descriptor, String edition) {
    long id = bundle.getBundleId();
    OptionalLong before = registry.bundleOf(descriptor.id());
    words.put(id, descriptor.id(), BundleWords.of(bundle));
    try {
      registry.declare(id, new DeclarationRegistry.Declared(descriptor, edition));
    } catch (RuntimeException refused) {
      if (before.isEmpty() || before.getAsLong() != id) {
        words.remove(id);
      }
      throw refused;
    }
    before.stream().filter(old -> old != id).forEach(words::remove);
  }

  public void withdrawModule(String module) {
    registry.withdrawModule(module).ifPresent(words::remove);
  }

  @Override
  public Bundle addingBundle(Bundle bundle, BundleEvent event) {
    if (bundle.getBundleId() == 0 || bundle.getHeaders("").get(MODULE_HEADER) != null) {
      return null;
    }
    URL descriptor = bundle.getEntry(DescriptorReader.PATH);
    Map<String, Map<String, String>> catalogues = BundleWords.of(bundle);
    if (descriptor == null && catalogues.isEmpty()) {
      return null;
    }
    if (!catalogues.isEmpty()) {
      words.put(bundle.getBundleId(), DescriptorRules.CORE, catalogues);
    }
    if (descriptor != null) {
      declare(bundle, descriptor);
    }
    return bundle;
  }

  private void declare(Bundle bundle, URL file) {
    try (InputStream in = file.openStream()) {
      String version = bundle.getVersion().toString();
      ModuleDescriptor descriptor = DescriptorReader.read(in, version, false);
      List<FieldError> errors = DescriptorRules.check(descriptor);
      if (!errors.isEmpty()) {
        LOG.error("{} of {} is wrong: {}", DescriptorReader.PATH, bundle, errors);
        return;
      }
      registry.declare(bundle.getBundleId(), new DeclarationRegistry.Declared(descriptor, version));
    } catch (IOException wrong) {
      LOG.error("{} of {} is wrong: {}", DescriptorReader.PATH, bundle, wrong.getMessage());
    } catch (RuntimeException refused) {
      LOG.error("The declarations of {} are refused", bundle, refused);
    }
  }

  @Override
  public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
    // from STARTING to ACTIVE: nothing new
  }

  @Override
  public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
    registry.withdraw(bundle.getBundleId());
    words.remove(bundle.getBundleId());
  }
}
