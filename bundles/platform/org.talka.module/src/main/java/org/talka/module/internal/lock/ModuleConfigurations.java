/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.lock;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.talka.api.text.Text;
import org.talka.module.internal.life.StepFailure;

/**
 * The configurations of a module: those whose PID is its bundle's symbolic name, or begins with it
 * and a dot. Secrets stay where they are: they are neither told nor taken.
 */
final class ModuleConfigurations {
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(password|secret|token|credential|private|key).*", Pattern.CASE_INSENSITIVE);

  /** What the framework and the configuration files add. */
  private static final Set<String> NOT_ITS_OWN =
      Set.of(
          "service.pid",
          "service.factoryPid",
          "service.bundleLocation",
          "felix.fileinstall.filename");

  private final ConfigurationAdmin administration;

  ModuleConfigurations(ConfigurationAdmin administration) {
    this.administration = administration;
  }

  Map<String, Map<String, String>> of(String symbolicName) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    try {
      Configuration[] found =
          administration.listConfigurations(
              "(|(service.pid=" + symbolicName + ")(service.pid=" + symbolicName + ".*))");
      if (found != null) {
        for (Configuration configuration : found) {
          all.put(configuration.getPid(), open(configuration.getProperties()));
        }
      }
    } catch (IOException | InvalidSyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    return all;
  }

  private static Map<String, String> open(Dictionary<String, Object> properties) {
    Map<String, String> open = new TreeMap<>();
    if (properties != null) {
      for (String key : Collections.list(properties.keys())) {
        if (!NOT_ITS_OWN.contains(key) && !SECRET.matcher(key).matches()) {
          open.put(key, String.valueOf(properties.get(key)));
        }
      }
    }
    return open;
  }

  /** Makes its open values these; what is secret stays as it is here. */
  void set(String symbolicName, Map<String, Map<String, String>> wanted) {
    try {
      for (Map.Entry<String, Map<String, String>> one : wanted.entrySet()) {
        String pid = one.getKey();
        if (!pid.equals(symbolicName) && !pid.startsWith(symbolicName + ".")) {
          throw new StepFailure(Text.of("error.module.lock.pid", "pid", pid));
        }
        Configuration configuration = administration.getConfiguration(pid, "?");
        Dictionary<String, Object> now = configuration.getProperties();
        Hashtable<String, Object> then = new Hashtable<>();
        if (now != null) {
          Map<String, String> open = open(now);
          Collections.list(now.keys()).stream()
              .filter(key -> !open.containsKey(key))
              .forEach(key -> then.put(key, now.get(key)));
        }
        one.getValue()
            .forEach(
                (key, value) -> {
                  if (!SECRET.matcher(key).matches()) {
                    then.put(key, value);
                  }
                });
        configuration.update(then);
      }
    } catch (IOException refused) {
      throw new StepFailure(Text.of("error.module.lock.configuration"), refused);
    }
  }
}
