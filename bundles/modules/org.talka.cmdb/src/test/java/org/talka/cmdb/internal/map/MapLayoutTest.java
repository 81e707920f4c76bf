/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.talka.cmdb.internal.graph.Edge;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.schema.Cardinality;
import org.talka.cmdb.internal.schema.Impact;
import org.talka.cmdb.internal.schema.Redundancy;
import org.talka.cmdb.internal.schema.RelationType;
import org.talka.cmdb.internal.schema.Schema;

class MapLayoutTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(),
          List.of(
              new RelationType(
                  "needs",
                  Map.of(),
                  Map.of(),
                  "item",
                  "item",
                  Cardinality.MANY_TO_MANY,
                  Impact.TO_SOURCE,
                  Redundancy.ALL,
                  false,
                  1)));

  private final Map<Long, List<Edge>> edges = new HashMap<>();
  private final Map<Long, String> classes = new HashMap<>();
  private long relations;

  private void needs(long dependent, long supplier) {
    Edge edge = new Edge(++relations, "needs", dependent, supplier, 1);
    edges.computeIfAbsent(dependent, id -> new ArrayList<>()).add(edge);
    edges.computeIfAbsent(supplier, id -> new ArrayList<>()).add(edge);
  }

  private Graph graph() {
    Map<Long, Node> nodes = new HashMap<>();
    edges.forEach(
        (id, own) ->
            nodes.put(
                id,
                new Node(
                    id,
                    "Item " + id,
                    classes.getOrDefault(id, "c" + id % 5),
                    "inService",
                    id % 7,
                    -1,
                    own,
                    Map.of())));
    return new Graph(nodes, SCHEMA);
  }

  private ItemMap draw(long start, int depth, String... expanded) {
    return MapLayout.of(
        graph(), new MapRequest(start, depth, true, true, Set.of(expanded)), node -> true);
  }

  private static void nothingLiesOnAnything(ItemMap map) {
    Set<String> places = new HashSet<>();
    map.places().forEach(p -> assertTrue(places.add(p.x() + " " + p.y())));
    map.groups().forEach(g -> assertTrue(places.add(g.x() + " " + g.y())));
    for (ItemMap.Place place : map.places()) {
      assertTrue(place.x() + MapLayout.BOX_WIDTH <= map.width());
      assertTrue(place.y() >= 0 && place.y() + MapLayout.BOX_HEIGHT <= map.height());
    }
  }

  @Test
  void whatIsNeededStandsLeftAndWhatNeedsStandsRight() {
    needs(1, 2);
    needs(3, 1);
    needs(4, 3);
    Map<Long, Integer> levels = new HashMap<>();
    ItemMap map = draw(1, 3);
    map.places().forEach(place -> levels.put(place.node().id(), place.level()));
    assertEquals(Map.of(1L, 0, 2L, -1, 3L, 1, 4L, 2), levels);
    assertEquals(3, map.lines().size());
    nothingLiesOnAnything(map);
  }

  @Test
  void aCircleIsDrawnOnceAndTheSameEveryTime() {
    needs(1, 2);
    needs(2, 3);
    needs(3, 1);
    ItemMap map = draw(1, 6);
    assertEquals(3, map.places().size());
    assertEquals(map, draw(1, 6));
  }

  @Test
  void aCrowdIsOneBoxUntilItIsAskedFor() {
    for (long id = 10; id < 40; id++) {
      classes.put(id, "workstation");
      needs(id, 1);
    }
    needs(40, 1);
    ItemMap map = draw(1, 2);
    assertEquals(2, map.places().size());
    assertEquals(1, map.groups().size());
    assertEquals(30, map.groups().get(0).count());
    ItemMap open = draw(1, 2, map.groups().get(0).id());
    assertEquals(32, open.places().size());
    assertEquals(List.of(), open.groups());
    nothingLiesOnAnything(open);
  }

  @Test
  void aPictureNeverShowsMoreThanItMay() {
    Random random = new Random(3);
    for (int i = 0; i < 60_000; i++) {
      needs(1 + random.nextInt(20_000), 1 + random.nextInt(20_000));
    }
    long began = System.nanoTime();
    ItemMap map = draw(1, 6);
    long millis = (System.nanoTime() - began) / 1_000_000;
    assertTrue(map.places().size() + map.groups().size() <= MapLayout.MOST);
    assertTrue(map.more());
    assertTrue(millis < 2_000, millis + " ms");
    nothingLiesOnAnything(map);
  }

  @Test
  void aLongColumnGoesOnBesideItself() {
    for (long id = 10; id < 410; id++) {
      classes.put(id, "workstation");
      needs(id, 1);
    }
    needs(1, 2);
    ItemMap map = draw(1, 1, "CI-000001>workstation");
    assertEquals(402, map.places().size());
    assertTrue(map.height() < 40 * MapLayout.ROW, "as high as " + map.height());
    assertTrue(map.width() < 40 * MapLayout.COLUMN, "as wide as " + map.width());
    nothingLiesOnAnything(map);
    int middle = map.places().stream().filter(p -> p.level() == 0).findFirst().orElseThrow().x();
    map.places()
        .forEach(p -> assertEquals(Integer.signum(p.level()), Integer.signum(p.x() - middle)));
  }

  @Test
  void whatMayNotBeSeenIsNotDrawnNorGoneThrough() {
    needs(2, 1);
    needs(3, 2);
    ItemMap map =
        MapLayout.of(graph(), new MapRequest(1, 3, true, true, Set.of()), node -> node.id() != 2);
    assertEquals(1, map.places().size());
    assertFalse(map.more());
  }
}
