/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.ticket.internal.type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.talka.api.error.DomainException;
import org.talka.api.ticket.FieldDefinition;
import org.talka.api.ticket.LinkTypeDefinition;
import org.talka.api.ticket.TicketActionDefinition;
import org.talka.api.ticket.TicketTypeDefinition;
import org.talka.api.ticket.WorkflowDefinition;
import org.talka.module.DeclarationListener;
import org.talka.module.Declarations;
import org.talka.module.DeskOverlay;
import org.talka.module.ModuleDescriptor;
import org.talka.ticket.internal.design.DesignStore;
import org.talka.ticket.internal.design.Designs;
import org.talka.ticket.internal.design.FieldDesign;
import org.talka.ticket.internal.design.TypeDesign;
import org.talka.ticket.internal.model.BuiltIns;

/**
 * Knows every ticket type: those declared now, and those that a module declared when it was here,
 * so that their tickets stay readable. Readers take an immutable snapshot and never wait; changes
 * come on the thread of the module operation and are guarded by this object's lock.
 */
@Component(service = {TypeRegistry.class, DeclarationListener.class})
public class TypeRegistry implements DeclarationListener {
  private final DefinitionStore store;
  private final DesignStore designStore;
  private final Declarations declarations;
  private final DeskOverlay overlay;
  private final Map<StoredDefinition.Key, StoredDefinition> stored = new LinkedHashMap<>();
  private final List<ModuleDescriptor> live = new ArrayList<>();
  private Designs designs;
  private volatile TicketTypes current;

  @Activate
  public TypeRegistry(
      @Reference DefinitionStore store,
      @Reference DesignStore designStore,
      @Reference Declarations declarations,
      @Reference DeskOverlay overlay) {
    this.store = store;
    this.designStore = designStore;
    this.declarations = declarations;
    this.overlay = overlay;
    store.all().forEach(definition -> stored.put(definition.key(), definition));
    this.designs = designStore.all();
    overlay.words(designs.words());
    this.current = build();
  }

  public TicketTypes types() {
    return current;
  }

  /** What administrators laid over the declarations. */
  public synchronized Designs designs() {
    return designs;
  }

  @Override
  public synchronized void declared(ModuleDescriptor descriptor) {
    check(descriptor, Optional.empty());
    keep(descriptor);
    live.add(descriptor);
    current = build();
  }

  @Override
  public synchronized void withdrawn(ModuleDescriptor descriptor) {
    // whatever the database says: nobody may use what is gone
    live.remove(descriptor);
    try {
      keep(descriptor);
    } finally {
      current = build();
    }
  }

  @Override
  public synchronized void replaced(ModuleDescriptor before, ModuleDescriptor after) {
    check(after, Optional.of(before));
    keep(before);
    keep(after);
    live.remove(before);
    live.add(after);
    current = build();
  }

  /** What was kept of modules has changed in the database, by a purge or an import. */
  public synchronized void refresh() {
    stored.clear();
    store.all().forEach(definition -> stored.put(definition.key(), definition));
    current = build();
  }

  /** What administrators laid over the declarations has changed in the database. */
  public void redesigned() {
    synchronized (this) {
      designs = designStore.all();
      overlay.words(designs.words());
      current = build();
    }
    overlay.changed();
  }

  /** The desk's own declarations are always here: only a module's are kept for its absence. */
  private void keep(ModuleDescriptor descriptor) {
    if (!descriptor.module()) {
      return;
    }
    List<StoredDefinition> changed = new ArrayList<>();
    for (StoredDefinition definition : StoredDefinition.of(descriptor, languages())) {
      StoredDefinition before = stored.get(definition.key());
      StoredDefinition after = definition.orWordsOf(before);
      if (!after.equals(before)) {
        changed.add(after);
      }
    }
    if (!changed.isEmpty()) {
      store.save(changed);
      changed.forEach(definition -> stored.put(definition.key(), definition));
    }
  }

  private Map<String, Map<String, String>> languages() {
    Map<String, Map<String, String>> languages = new TreeMap<>();
    for (Locale language : declarations.languages()) {
      // as the bundles have them: what is laid over them is kept elsewhere
      languages.put(language.getLanguage(), overlay.beneath(language));
    }
    return languages;
  }

  /**
   * Refuses what would make two meanings of one name.
   *
   * @param instead the version of the same module that would go
   */
  private void check(ModuleDescriptor descriptor, Optional<ModuleDescriptor> instead) {
    for (TicketTypeDefinition type : descriptor.ticketTypes()) {
      for (TypeDesign own : designs.types().values()) {
        boolean same = own.key().equals(type.key()) || type.prefix().equals(own.prefix());
        if (descriptor.module() && own.own() && same) {
          throw DomainException.conflict("error.ticket.type.taken-here", "name", own.key());
        }
      }
      if (workflow(descriptor, type.workflow()) == null) {
        throw DomainException.conflict(
            "error.ticket.type.workflow-unknown", "type", type.key(), "workflow", type.workflow());
      }
      for (Declared.Type declared : current.declared().types().values()) {
        TicketTypeDefinition other = declared.definition();
        boolean own = declared.module().equals(descriptor.id());
        boolean sameOwner = own && (declared.missing() || instead.isPresent());
        if (!sameOwner && other.key().equals(type.key())) {
          throw taken(type.key(), declared.module());
        }
        if (!other.key().equals(type.key()) && other.prefix().equals(type.prefix())) {
          throw taken(type.prefix(), declared.module());
        }
      }
    }
    for (ModuleDescriptor other : live) {
      if (instead.filter(other::equals).isPresent()) {
        continue;
      }
      for (FieldDefinition field : descriptor.fields()) {
        if (other.fields().stream().anyMatch(f -> f.key().equals(field.key()))) {
          throw taken(field.key(), other.id());
        }
      }
      for (LinkTypeDefinition link : descriptor.linkTypes()) {
        if (other.linkTypes().stream().anyMatch(l -> l.key().equals(link.key()))) {
          throw taken(link.key(), other.id());
        }
      }
    }
    for (FieldDefinition field : descriptor.fields()) {
      if (BuiltIns.has(field.key())) {
        throw taken(field.key(), "core");
      }
      // the desk's own bundles must come up whatever an administrator has made
      FieldDesign own = designs.fields().get(field.key());
      if (descriptor.module() && own != null && own.own()) {
        throw DomainException.conflict("error.ticket.type.taken-here", "name", field.key());
      }
    }
  }

  private static DomainException taken(String name, String by) {
    return DomainException.conflict("error.ticket.type.taken", "name", name, "module", by);
  }

  private TicketTypes build() {
    Map<String, FieldDefinition> fields = new LinkedHashMap<>();
    Set<String> liveFields = new LinkedHashSet<>();
    Map<String, LinkType> links = new LinkedHashMap<>();
    List<TicketActionDefinition> actions = new ArrayList<>();
    Map<String, Map<String, String>> words = new TreeMap<>();
    Map<String, Declared.Type> declared = new LinkedHashMap<>();
    Map<String, String> modules = new LinkedHashMap<>();
    for (ModuleDescriptor descriptor : live) {
      for (FieldDefinition field : descriptor.fields()) {
        fields.put(field.key(), field);
        modules.put(field.key(), descriptor.id());
      }
      descriptor
          .linkTypes()
          .forEach(link -> links.put(link.key(), new LinkType(link, descriptor.id(), false)));
      actions.addAll(descriptor.actions());
      for (TicketTypeDefinition type : descriptor.ticketTypes()) {
        declared.put(
            type.key(),
            new Declared.Type(type, workflow(descriptor, type.workflow()), descriptor.id(), false));
      }
    }
    liveFields.addAll(fields.keySet());
    for (StoredDefinition definition : stored.values()) {
      boolean used =
          switch (definition.key().kind()) {
            case TYPE -> declared.putIfAbsent(definition.key().key(), definition.type()) == null;
            case FIELD -> {
              modules.putIfAbsent(definition.key().key(), definition.module());
              yield fields.putIfAbsent(definition.key().key(), definition.field()) == null;
            }
            case LINK ->
                links.putIfAbsent(
                        definition.key().key(),
                        new LinkType(definition.link(), definition.module(), true))
                    == null;
          };
      if (used) {
        definition
            .words()
            .forEach(
                (lang, text) -> words.computeIfAbsent(lang, l -> new TreeMap<>()).putAll(text));
      }
    }
    Declared all =
        new Declared(
            java.util.Collections.unmodifiableMap(declared),
            java.util.Collections.unmodifiableMap(fields),
            java.util.Collections.unmodifiableMap(modules));
    Tailoring tailored = new Tailoring(all, liveFields, designs);
    return new TicketTypes(
        tailored.allTypes(),
        tailored.allFields(),
        java.util.Collections.unmodifiableMap(links),
        List.copyOf(actions),
        java.util.Collections.unmodifiableMap(words),
        all,
        tailored.troubles());
  }

  private static WorkflowDefinition workflow(ModuleDescriptor descriptor, String key) {
    return descriptor.workflows().stream()
        .filter(workflow -> workflow.key().equals(key))
        .findFirst()
        .orElse(null);
  }
}
