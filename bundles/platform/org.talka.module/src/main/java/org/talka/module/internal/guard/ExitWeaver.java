/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.guard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.talka.gate.exit.ProcessExit;

/**
 * Turns calls in a module's code that would end the process into an error that is contained and
 * counted (OSGi Core 56, Weaving Hook Service). Classes without such a call stay as they are.
 */
final class ExitWeaver implements WeavingHook {
  private static final Logger LOG = LoggerFactory.getLogger(ExitWeaver.class);
  private static final String SYSTEM = "java/lang/System";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final String STAND_IN = ProcessExit.class.getName().replace('.', '/');
  private static final String PACKAGE = ProcessExit.class.getPackageName();
  private static final String STATUS = "(I)V";

  @Override
  public void weave(WovenClass woven) {
    if (woven.getBundleWiring().getBundle().getHeaders("").get("Talka-Module") == null) {
      return;
    }
    try {
      replaced(woven.getBytes())
          .ifPresent(
              bytes -> {
                woven.setBytes(bytes);
                woven.getDynamicImports().add(PACKAGE);
              });
    } catch (RuntimeException unreadable) {
      // the machine will say itself what is wrong with it
      LOG.debug("Class {} can't be looked through", woven.getClassName(), unreadable);
    }
  }

  /** The class with the calls replaced; absent when it has none. */
  static Optional<byte[]> replaced(byte[] bytes) {
    if (!mentions(bytes, SYSTEM) && !mentions(bytes, RUNTIME)) {
      return Optional.empty();
    }
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    Replacer replacer = new Replacer(writer);
    reader.accept(replacer, 0);
    return replacer.found ? Optional.of(writer.toByteArray()) : Optional.empty();
  }

  /** Names stand in the class as they are spelt; most classes are dealt with by this. */
  private static boolean mentions(byte[] bytes, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (bytes[i] == wanted[0]
          && Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private static final class Replacer extends ClassVisitor {
    private boolean found;

    Replacer(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(
          Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean onInterface) {
          if (ends(owner, called, type)) {
            found = true;
            super.visitMethodInsn(
                Opcodes.INVOKESTATIC, STAND_IN, called, standInType(owner), false);
          } else {
            super.visitMethodInsn(opcode, owner, called, type, onInterface);
          }
        }

        /** Method references. */
        @Override
        public void visitInvokeDynamicInsn(
            String called, String type, Handle bootstrap, Object... arguments) {
          Object[] replaced = arguments.clone();
          for (int i = 0; i < replaced.length; i++) {
            if (replaced[i] instanceof Handle handle
                && ends(handle.getOwner(), handle.getName(), handle.getDesc())) {
              found = true;
              replaced[i] =
                  new Handle(
                      Opcodes.H_INVOKESTATIC,
                      STAND_IN,
                      handle.getName(),
                      standInType(handle.getOwner()),
                      false);
            }
          }
          super.visitInvokeDynamicInsn(called, type, bootstrap, replaced);
        }
      };
    }

    private static boolean ends(String owner, String called, String type) {
      boolean system = owner.equals(SYSTEM) && called.equals("exit");
      boolean runtime = owner.equals(RUNTIME) && List.of("exit", "halt").contains(called);
      return (system || runtime) && type.equals(STATUS);
    }

    private static String standInType(String owner) {
      return owner.equals(SYSTEM) ? STATUS : "(L" + RUNTIME + ";I)V";
    }
  }
}
