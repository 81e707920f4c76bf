/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.gate.exit;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.talka.gate.Gate;
import org.talka.gate.Harm;

/**
 * Stands in for {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt} in the code of
 * modules: tells the gate who tried and throws. It catches carelessness and not malice: a module
 * runs in the server's process and has other means.
 */
public final class ProcessExit {
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private ProcessExit() {}

  /** For {@link System#exit}. */
  public static void exit(int status) {
    throw refused(STACK.getCallerClass(), "System.exit(" + status + ")");
  }

  /** For {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int status) {
    throw refused(STACK.getCallerClass(), "Runtime.exit(" + status + ")");
  }

  /** For {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int status) {
    throw refused(STACK.getCallerClass(), "Runtime.halt(" + status + ")");
  }

  private static ExitRefused refused(Class<?> by, String call) {
    Bundle bundle = FrameworkUtil.getBundle(by);
    String header = bundle == null ? null : bundle.getHeaders("").get("Talka-Module");
    String module = header == null ? "core" : header.split(";", 2)[0].trim();
    Bundle own = FrameworkUtil.getBundle(ProcessExit.class);
    BundleContext context = own == null ? null : own.getBundleContext();
    ServiceReference<Gate> gate = context == null ? null : context.getServiceReference(Gate.class);
    if (gate != null) {
      context.getService(gate).accuse(module, Harm.EXIT, by.getName() + ": " + call);
      context.ungetService(gate);
    }
    return new ExitRefused(module);
  }
}
