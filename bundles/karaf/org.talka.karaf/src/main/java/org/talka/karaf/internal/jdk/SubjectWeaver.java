/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal.jdk;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;

/**
 * Lets Karaf's console ask who is calling on JDK 24 and later, where {@code
 * Subject.getSubject(AccessControlContext)} only throws (JEP 486): the call is replaced by {@code
 * Subject.current()}, which is what the JDK tells its users to do. Classes of other bundles are not
 * touched. Called on whatever thread loads a class.
 */
public final class SubjectWeaver implements WeavingHook {
  private static final String SUBJECT = "javax/security/auth/Subject";
  private static final String GET_SUBJECT = "getSubject";
  private static final String GET_SUBJECT_TYPE =
      "(Ljava/security/AccessControlContext;)Ljavax/security/auth/Subject;";

  @Override
  public void weave(WovenClass woven) {
    if (woven.getClassName().startsWith("org.apache.karaf.")) {
      byte[] replaced = replaced(woven.getBytes());
      if (replaced != null) {
        woven.setBytes(replaced);
      }
    }
  }

  /** The class with the calls replaced, or null when it has none. */
  static byte[] replaced(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, 0);
    boolean[] found = new boolean[1];
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            return new Calls(super.visitMethod(access, name, type, signature, exceptions), found);
          }
        },
        0);
    return found[0] ? writer.toByteArray() : null;
  }

  private static final class Calls extends MethodVisitor {
    private final boolean[] found;

    Calls(MethodVisitor next, boolean[] found) {
      super(Opcodes.ASM9, next);
      this.found = found;
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String type, boolean onInterface) {
      if (SUBJECT.equals(owner) && GET_SUBJECT.equals(name) && GET_SUBJECT_TYPE.equals(type)) {
        found[0] = true;
        super.visitInsn(Opcodes.POP);
        super.visitMethodInsn(
            Opcodes.INVOKESTATIC, SUBJECT, "current", "()L" + SUBJECT + ";", false);
      } else {
        super.visitMethodInsn(opcode, owner, name, type, onInterface);
      }
    }
  }
}
