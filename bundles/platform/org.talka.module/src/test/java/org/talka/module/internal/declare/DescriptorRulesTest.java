/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.module.internal.declare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.talka.api.error.FieldError;
import org.talka.module.ModuleDescriptor;

class DescriptorRulesTest {
  private static ModuleDescriptor read(String json, boolean module) throws IOException {
    return DescriptorReader.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "1.0.0", module);
  }

  private static List<String> errors(String json, boolean module) throws IOException {
    return DescriptorRules.check(read(json, module)).stream()
        .map(error -> error.field() + " " + last(error))
        .toList();
  }

  private static String last(FieldError error) {
    String key = error.message().key();
    return key.substring(key.lastIndexOf('.') + 1);
  }

  @Test
  void takesASoundModule() throws IOException {
    String json =
        """
        {"id":"problem","wants":["database"],
         "permissions":[{"key":"problem:publish","tokenScope":"tickets:write","roles":{"agent":"all"}}],
         "ticketTypes":[{"key":"problem","prefix":"PRB","workflow":"problem",
           "form":[{"key":"basics","fields":["subject"]}]}],
         "fields":[{"key":"rootCause","type":"markdown","on":["problem"]}],
         "workflows":[{"key":"problem","initial":"new",
           "states":[{"key":"new","category":"NEW"},{"key":"closed","category":"CLOSED"}],
           "transitions":[{"key":"close","from":["new"],"to":"closed"}]}],
         "linkTypes":[{"key":"problem.causes","from":["problem"],"to":["incident"]}],
         "actions":[{"key":"problem.publish","on":["problem"]}],
         "ui":[{"point":"nav","key":"problem.problems","order":1},
           {"point":"field.editor","key":"problem.cause","script":"cause.js","view":{"field":"rootCause"}},
           {"point":"list.cell","key":"problem.iban","script":"iban.js","view":{"kind":"iban"}},
           {"point":"ticket.panel","key":"problem.map","frame":"map/map.html","scopes":["tickets:read"]}],
         "widgets":[{"key":"problem.open","kind":"count","q":"type:problem"},
           {"key":"problem.states","kind":"chart","q":"type:problem","by":"state","shape":"pie"},
           {"key":"problem.mean","kind":"average","q":"","by":"satisfaction"},
           {"key":"problem.flow","kind":"chart","q":"","over":["createdAt"],"shape":"line"}],
         "dashboards":[{"key":"problem.today","refreshSeconds":60,"widgets":[
           {"widget":"problem/problem.open","column":0,"row":0,"width":3,"height":2},
           {"widget":"core/desk.flow","column":3,"row":0,"width":9,"height":4}]}]}
        """;
    assertEquals(List.of(), errors(json, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"Problem\"}|id pattern",
        "{\"id\":\"core\"}|id reserved",
        "{\"id\":\"tickets\"}|id reserved",
        "{\"id\":\"ticket\"}|id reserved",
        "{\"id\":\"p1\",\"wants\":[\"root\"]}|wants choice",
        "{\"id\":\"p1\",\"permissions\":[{\"key\":\"ticket:read\"}]}|permissions[0].key prefix",
        "{\"id\":\"p1\",\"permissions\":[{\"key\":\"p1:a\",\"roles\":{\"agent\":\"everything\"}}]}"
            + "|permissions[0].roles choice",
        "{\"id\":\"p1\",\"linkTypes\":[{\"key\":\"relates\"}]}|linkTypes[0].key prefix",
        "{\"id\":\"p1\",\"actions\":[{\"key\":\"close\",\"on\":[]}]}|actions[0].key prefix",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"nav\",\"key\":\"home\"}]}|ui[0].key prefix",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\",\"key\":\"p1.x\",\"script\":\"../x.js\"}]}"
            + "|ui[0].script pattern",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\",\"key\":\"p1.x\",\"script\":\"http://x/y.js\"}]}"
            + "|ui[0].script pattern",
        "{\"id\":\"p1\",\"fields\":[{\"key\":\"b\",\"type\":\"text\",\"on\":[\"p1\"]}],\""
            + "ui\":[{\"point\":\"field.editor\",\"key\":\"p1.a\",\"view\":{\"field\":\"b\"}}]}"
            + "|ui[0].script missing",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"field.edi"
            + "tor\",\"key\":\"p1.a\",\"script\":\"a.js\"}]}"
            + "|ui[0].view binding",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"list.cell\",\"key\":\"p1.a\",\""
            + "script\":\"a.js\",\"view\":{\"field\":\"b\",\"kind\":\"iban\"}}]}"
            + "|ui[0].view binding",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"list.cell\",\"key\":\"p1"
            + ".a\",\"script\":\"a.js\",\"view\":{\"field\":\"subject\"}}]}"
            + "|ui[0].view.field unknown",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"field.viewer\",\"key\":"
            + "\"p1.a\",\"script\":\"a.js\",\"view\":{\"kind\":\"text\"}}]}"
            + "|ui[0].view.kind kind",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\","
            + "\"key\":\"p1.a\",\"frame\":\"../a.html\"}]}"
            + "|ui[0].frame pattern",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page"
            + "\",\"key\":\"p1.a\",\"frame\":\"a.js\"}]}"
            + "|ui[0].frame pattern",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\",\"key\":"
            + "\"p1.a\",\"frame\":\"a.html\",\"script\":\"a.js\"}]}"
            + "|ui[0].frame tier",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"nav\""
            + ",\"key\":\"p1.a\",\"frame\":\"a.html\"}]}"
            + "|ui[0].point choice",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\",\"key\":\"p1."
            + "a\",\"script\":\"a.js\",\"scopes\":[\"tickets:read\"]}]}"
            + "|ui[0].frame missing",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"page\",\"key\":\"p1"
            + ".a\",\"frame\":\"a.html\",\"scopes\":[\"everything\"]}]}"
            + "|ui[0].scopes pattern",
        "{\"id\":\"p1\",\"ui\":[{\"point\":\"portal.page\",\"key\":\"p1.a\","
            + "\"frame\":\"a.html\",\"open\":true,\"scopes\":[\"tickets:read\"]}]}"
            + "|ui[0].scopes visitors",
        "{\"id\":\"p1\",\"ticketTypes\":[{\"key\":\"p1\",\"prefix\":\"PP\",\"workflow\":\"other\"}]}"
            + "|ticketTypes[0].workflow unknown",
        "{\"id\":\"p1\",\"fields\":[{\"key\":\"a\",\"type\":\"choice\",\"on\":[\"p1\"]}]}"
            + "|fields[0].options missing",
        "{\"id\":\"p1\",\"fields\":[{\"key\":\"a\",\"type\":\"text\",\"on\":[\"p1\"]},"
            + "{\"key\":\"a\",\"type\":\"text\",\"on\":[\"p1\"]}]}|fields[1] twice",
        "{\"id\":\"p1\",\"workflows\":[{\"key\":\"w\",\"initial\":\"new\","
            + "\"states\":[{\"key\":\"new\",\"category\":\"NEW\"}],\"transitions\":["
            + "{\"key\":\"t\",\"to\":\"new\",\"guards\":[\"no-open-tasks\",\"no-rain\"]}]}]}"
            + "|workflows[0].transitions[0].guards choice",
        "{\"id\":\"p1\",\"workflows\":[{\"key\":\"w\",\"initial\":\"x\","
            + "\"states\":[{\"key\":\"new\",\"category\":\"NEW\"}],\"transitions\":[]}]}"
            + "|workflows[0].initial unknown",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"open\",\"kind\":\"count\",\"q\":\"\"}]}"
            + "|widgets[0].key prefix",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"p1.a\",\"kind\":\"tower\",\"q\":\"\"}]}"
            + "|widgets[0].kind choice",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"p1.a\",\"kind\":\"list\"}]}|widgets[0].q missing",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"p1.a\",\"kind\":\"average\",\"q\":\"\"}]}"
            + "|widgets[0].by missing",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"p1.a\",\"kind\":\"chart\",\"q\":\"\"}]}"
            + "|widgets[0].by either",
        "{\"id\":\"p1\",\"widgets\":[{\"key\":\"p1.a\",\"kind\":\"chart\",\"q\":\"\",\"by\":\"state\","
            + "\"shape\":\"line\"}]}|widgets[0].shape shape",
        "{\"id\":\"p1\",\"dashboards\":[{\"key\":\"p1.a\",\"refreshSeconds\":3}]}"
            + "|dashboards[0].refreshSeconds range",
        "{\"id\":\"p1\",\"dashboards\":[{\"key\":\"p1.a\",\"widgets\":["
            + "{\"widget\":\"p1/p1.a\",\"column\":10,\"row\":0,\"width\":3,\"height\":2}]}]}"
            + "|dashboards[0].widgets[0].column range",
        "{\"id\":\"p1\",\"dashboards\":[{\"key\":\"p1.a\",\"widgets\":["
            + "{\"widget\":\"p1/p1.a\",\"column\":0,\"row\":0,\"width\":3,\"height\":2},"
            + "{\"widget\":\"p1/p1.b\",\"column\":2,\"row\":1,\"width\":3,\"height\":2}]}]}"
            + "|dashboards[0].widgets[1] overlap",
      })
  void saysWhatIsWrongAndWhere(String json, String error) throws IOException {
    assertEquals(List.of(error), errors(json, true));
  }

  @Test
  void theDeskItselfNeedsNoPrefixes() throws IOException {
    assertEquals(
        List.of(), errors("{\"id\":\"core\",\"permissions\":[{\"key\":\"ticket:read\"}]}", false));
    assertEquals(List.of("id reserved"), errors("{\"id\":\"problem\"}", false));
  }

  @Test
  void refusesMisspeltNamesAndDuplicatesWithTheLine() {
    IOException misspelt =
        assertThrows(IOException.class, () -> read("{\n\"id\":\"p1\",\n\"feilds\":[]}", true));
    assertTrue(misspelt.getMessage().contains("feilds"), misspelt.getMessage());
    assertThrows(IOException.class, () -> read("{\"id\":\"p1\",\"id\":\"p2\"}", true));
    assertThrows(IOException.class, () -> read("{\"id\":\"p1\"} x", true));
  }
}
