/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.karaf.internal.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class SubjectWeaverTest {
  @Test
  void theConsoleAsksForTheCurrentSubject() throws IOException {
    byte[] original = bytes("org/apache/karaf/shell/support/ShellUtil.class");
    assertEquals(List.of("getSubject"), callsOfSubject(original));

    byte[] replaced = SubjectWeaver.replaced(original);

    assertEquals(List.of("current"), callsOfSubject(replaced));
    assertNull(SubjectWeaver.replaced(replaced), "nothing is left to replace");
  }

  @Test
  void aClassWithoutTheCallStaysAsItIs() throws IOException {
    byte[] original = bytes("org/apache/karaf/shell/api/action/Action.class");
    assertNull(SubjectWeaver.replaced(original));
    assertArrayEquals(original, bytes("org/apache/karaf/shell/api/action/Action.class"));
  }

  private static List<String> callsOfSubject(byte[] type) {
    List<String> calls = new ArrayList<>();
    new ClassReader(type)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String text, String signature, String[] exceptions) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String calledType, boolean face) {
                    if (owner.equals("javax/security/auth/Subject")
                        && opcode == Opcodes.INVOKESTATIC) {
                      calls.add(called);
                    }
                  }
                };
              }
            },
            0);
    return calls;
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = SubjectWeaverTest.class.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
