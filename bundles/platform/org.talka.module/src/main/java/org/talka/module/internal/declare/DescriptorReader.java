/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.talka.module.ModuleDescriptor;

/** Reads {@code TALKA-INF/module.json}. Strict, so that a misspelt name is found by its author. */
public final class DescriptorReader {
  public static final String PATH = "TALKA-INF/module.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private DescriptorReader() {}

  /**
   * @param version the bundle's version
   * @param module whether the bundle is a module
   * @throws IOException if it can't be read; the message is fit for the author
   */
  public static ModuleDescriptor read(InputStream in, String version, boolean module)
      throws IOException {
    ModuleDescriptor raw;
    try {
      raw = JSON.readValue(in, ModuleDescriptor.class);
    } catch (JsonProcessingException wrong) {
      String where =
          wrong.getLocation() == null ? "" : " (line " + wrong.getLocation().getLineNr() + ")";
      throw new IOException(wrong.getOriginalMessage() + where, wrong);
    }
    if (raw == null) {
      throw new IOException("The file is empty");
    }
    return new ModuleDescriptor(
        raw.id(),
        version,
        module,
        raw.wants(),
        raw.permissions(),
        raw.ticketTypes(),
        raw.fields(),
        raw.workflows(),
        raw.linkTypes(),
        raw.actions(),
        raw.ui(),
        raw.widgets(),
        raw.dashboards());
  }
}
