/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.talka.module.DeclarationListener;
import org.talka.module.ModuleDescriptor;
import org.talka.module.internal.declare.DeclarationRegistry.Declared;
import org.talka.module.internal.text.Words;

class DeclarationRegistryTest {
  private final DeclarationRegistry registry = new DeclarationRegistry(new Words(), 100);

  private static Declared declared(String id, String version, boolean module) {
    return new Declared(
        new ModuleDescriptor(
            id, version, module, null, null, null, null, null, null, null, null, null, null),
        version);
  }

  /** Writes down what it is told. */
  private static class Note implements DeclarationListener {
    final List<String> told = new ArrayList<>();

    @Override
    public void declared(ModuleDescriptor descriptor) {
      told.add("+" + descriptor.id() + " " + descriptor.version());
    }

    @Override
    public void withdrawn(ModuleDescriptor descriptor) {
      told.add("-" + descriptor.id() + " " + descriptor.version());
    }
  }

  private static final class Refusing extends Note {
    @Override
    public void declared(ModuleDescriptor descriptor) {
      throw new IllegalStateException("no");
    }
  }

  @Test
  void tellsALateListenerEverything() {
    registry.declare(1, declared("core", "1", false));
    registry.declare(2, declared("problem", "1", true));
    Note late = new Note();
    registry.addListener(late);
    registry.withdraw(2);
    assertEquals(List.of("+core 1", "+problem 1", "-problem 1"), late.told);
  }

  @Test
  void withdrawsTheVersionBeforeFirst() {
    Note note = new Note();
    registry.addListener(note);
    registry.declare(2, declared("problem", "1", true));
    registry.declare(2, declared("problem", "2", true));
    assertEquals(List.of("+problem 1", "-problem 1", "+problem 2"), note.told);
  }

  @Test
  void takesAModuleBackWhenOneListenerRefuses() {
    Note note = new Note();
    registry.addListener(note);
    registry.addListener(new Refusing());
    assertThrows(
        IllegalStateException.class, () -> registry.declare(2, declared("problem", "1", true)));
    assertEquals(List.of("+problem 1", "-problem 1"), note.told);
    assertEquals(List.of(), registry.current());
  }

  @Test
  void keepsTheVersionBeforeWhenTheNextIsRefused() {
    Note note = new Note();
    registry.addListener(note);
    registry.declare(2, declared("problem", "1", true));
    registry.addListener(new Refusing());
    assertThrows(
        IllegalStateException.class, () -> registry.declare(3, declared("problem", "2", true)));
    assertEquals(
        List.of("+problem 1", "-problem 1", "+problem 2", "-problem 2", "+problem 1"), note.told);
    assertEquals("1", registry.current().get(0).version());
    assertEquals(2, registry.bundleOf("problem").orElseThrow());
  }

  @Test
  void neverShowsAModuleWithoutDeclarationsWhileOneBundleFollowsAnother() {
    List<Integer> seen = new ArrayList<>();
    registry.declare(2, declared("problem", "1", true));
    registry.addListener(
        new Note() {
          @Override
          public void replaced(ModuleDescriptor before, ModuleDescriptor after) {
            seen.add(registry.current().size());
            super.replaced(before, after);
          }
        });
    registry.declare(3, declared("problem", "2", true));
    assertEquals(List.of(1), seen);
    assertEquals(List.of("2"), registry.current().stream().map(m -> m.version()).toList());
    registry.withdraw(2);
    assertEquals(1, registry.current().size(), "what was replaced is nobody's any more");
    registry.withdrawModule("problem");
    assertEquals(List.of(), registry.current());
  }

  @Test
  void theDeskStartsThoughOneListenerRefuses() {
    Note note = new Note();
    registry.addListener(new Refusing());
    registry.addListener(note);
    registry.declare(1, declared("core", "1", false));
    assertEquals(List.of("+core 1"), note.told);
    assertEquals(1, registry.current().size());
  }

  @Test
  void theGenerationGrowsWithEveryChangeAndOnlyThen() {
    long start = registry.generation();
    registry.declare(2, declared("problem", "1", true));
    long declared = registry.generation();
    assertTrue(declared > start);
    registry.withdraw(99);
    assertEquals(declared, registry.generation());
    registry.changed("problem", "ACTIVE");
    assertTrue(registry.generation() > declared);
  }
}
