/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.talka.gate.exit.ExitRefused;

class ExitWeaverTest {
  /** Everything that a module could write to end the process. */
  public static final class Exits implements IntConsumer {
    @Override
    public void accept(int way) {
      switch (way) {
        case 0 -> System.exit(3);
        case 1 -> Runtime.getRuntime().exit(3);
        case 2 -> Runtime.getRuntime().halt(3);
        case 3 -> {
          IntConsumer reference = System::exit;
          reference.accept(3);
        }
        case 4 -> {
          IntConsumer reference = Runtime.getRuntime()::halt;
          reference.accept(3);
        }
        default -> System.gc();
      }
    }
  }

  /** Does not end anything. */
  static final class Harmless {
    long now() {
      return System.nanoTime() + Runtime.getRuntime().freeMemory();
    }
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in =
        type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
      return in.readAllBytes();
    }
  }

  @Test
  void turnsEveryWayOutIntoAnError() throws Exception {
    byte[] woven = ExitWeaver.replaced(bytes(Exits.class)).orElseThrow();
    ClassLoader loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Exits.class.getName())
                ? defineClass(name, woven, 0, woven.length)
                : super.loadClass(name, resolve);
          }
        };
    Class<?> type = loader.loadClass(Exits.class.getName());
    assertEquals(loader, type.getClassLoader());
    IntConsumer exits = (IntConsumer) type.getDeclaredConstructor().newInstance();
    for (int way = 0; way < 5; way++) {
      int which = way;
      assertThrows(ExitRefused.class, () -> exits.accept(which));
    }
    exits.accept(9);
  }

  @Test
  void leavesOtherClassesAsTheyAre() throws IOException {
    assertTrue(ExitWeaver.replaced(bytes(Harmless.class)).isEmpty());
    assertTrue(ExitWeaver.replaced(bytes(ExitWeaverTest.class)).isEmpty());
  }
}
