/* SPDX-License-Identifier: Apache-2.0 */
package org.talka.cmdb.internal.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.talka.cmdb.internal.graph.Edge;
import org.talka.cmdb.internal.graph.Graph;
import org.talka.cmdb.internal.graph.Node;
import org.talka.cmdb.internal.map.ItemMap.Group;
import org.talka.cmdb.internal.map.ItemMap.Line;
import org.talka.cmdb.internal.map.ItemMap.Place;

/**
 * Lays the surroundings of an item out in columns: what it needs to the left, what needs it to the
 * right, one column for each step. Inside a column things stand near what they are tied to in the
 * column before, so that few lines cross (the barycentre rule of layered drawings, Sugiyama 1981).
 * Too many of one class around one item are drawn as one until somebody asks for them.
 */
public final class MapLayout {
  /** Items and groups that one picture shows at most. */
  public static final int MOST = 500;

  /** From so many of one class around one item on they are a group. */
  static final int CROWD = 9;

  static final int COLUMN = 250;
  static final int ROW = 54;

  /**
   * What has no room in one column goes on beside it, so that a picture is about as wide as high.
   */
  private static final int BESIDE = 200;

  private static final int LEAST_ROWS = 12;
  static final int BOX_WIDTH = 184;
  static final int BOX_HEIGHT = 40;
  private static final int EDGE = 16;

  private final Graph graph;
  private final MapRequest request;
  private final Predicate<Node> visible;
  private final Map<Long, Integer> levels = new LinkedHashMap<>();
  private final Map<Integer, List<Box>> columns = new TreeMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Box> boxes = new HashMap<>();
  private int shown;
  private boolean more;

  private MapLayout(Graph graph, MapRequest request, Predicate<Node> visible) {
    this.graph = graph;
    this.request = request;
    this.visible = visible;
  }

  /**
   * @param visible which items may be shown
   */
  public static ItemMap of(Graph graph, MapRequest request, Predicate<Node> visible) {
    return new MapLayout(graph, request, visible).draw();
  }

  /** An item or a group, on its way to a place. */
  private static final class Box {
    private final String id;
    private final Node node;
    private final String classKey;
    private final int count;
    private final long parent;
    private final int level;
    private double order;

    Box(String id, Node node, String classKey, int count, long parent, int level) {
      this.id = id;
      this.node = node;
      this.classKey = classKey;
      this.count = count;
      this.parent = parent;
      this.level = level;
    }
  }

  private ItemMap draw() {
    graph.node(request.start()).ifPresent(this::spread);
    between();
    order();
    return place();
  }

  private void spread(Node start) {
    add(new Box(id(start.id()), start, start.classKey(), 1, -1, 0));
    levels.put(start.id(), 0);
    for (int direction : new int[] {1, -1}) {
      if (direction > 0 ? request.down() : request.up()) {
        List<Node> level = List.of(start);
        for (int depth = 1; depth <= request.depth() && !level.isEmpty(); depth++) {
          level = next(level, depth * direction);
        }
      }
    }
  }

  private List<Node> next(List<Node> nearer, int level) {
    List<Node> next = new ArrayList<>();
    for (Node parent : nearer) {
      Map<String, List<Node>> byClass = new TreeMap<>();
      Map<Long, Edge> edges = new HashMap<>();
      for (Edge edge : around(parent, level > 0)) {
        long other = edge.source() == parent.id() ? edge.target() : edge.source();
        Node node = graph.node(other).orElse(null);
        if (node != null
            && !levels.containsKey(other)
            && visible.test(node)
            && edges.put(other, edge) == null) {
          byClass.computeIfAbsent(node.classKey(), key -> new ArrayList<>()).add(node);
        }
      }
      byClass.forEach((classKey, nodes) -> child(parent, classKey, nodes, edges, level, next));
    }
    return next;
  }

  /** The relations by which others suffer from it, or it from others; ties of no impact go down. */
  private List<Edge> around(Node node, boolean down) {
    List<Edge> edges = new ArrayList<>();
    (down ? graph.dependents(node) : graph.suppliers(node)).forEach(need -> edges.add(need.edge()));
    if (down) {
      Set<Edge> needs = new HashSet<>(edges);
      graph.suppliers(node).forEach(need -> needs.add(need.edge()));
      node.edges().stream()
          .filter(edge -> !needs.contains(edge) && edge.source() == node.id())
          .filter(edge -> node.counts())
          .forEach(edges::add);
    }
    return edges;
  }

  private void child(
      Node parent,
      String classKey,
      List<Node> nodes,
      Map<Long, Edge> edges,
      int level,
      List<Node> next) {
    String group = parent.key() + (level > 0 ? ">" : "<") + classKey;
    if (nodes.size() >= CROWD && !request.expanded().contains(group)) {
      if (full()) {
        return;
      }
      add(new Box(group, null, classKey, nodes.size(), parent.id(), level));
      lines.add(new Line(edges.get(nodes.get(0).id()), group, parent.id()));
      return;
    }
    nodes.sort(Comparator.comparing(Node::name).thenComparing(Node::id));
    for (Node node : nodes) {
      if (full()) {
        return;
      }
      levels.put(node.id(), level);
      add(new Box(id(node.id()), node, classKey, 1, parent.id(), level));
      next.add(node);
    }
  }

  private boolean full() {
    more |= shown >= MOST;
    return shown >= MOST;
  }

  private void add(Box box) {
    shown++;
    List<Box> column = columns.computeIfAbsent(box.level, level -> new ArrayList<>());
    box.order = column.size();
    column.add(box);
    boxes.put(box.id, box);
  }

  private static String id(long item) {
    return "i" + item;
  }

  /** Every relation between items that are shown. */
  private void between() {
    Set<Edge> seen = new HashSet<>();
    for (long id : levels.keySet()) {
      for (Edge edge : graph.node(id).orElseThrow().edges()) {
        if (levels.containsKey(edge.source())
            && levels.containsKey(edge.target())
            && seen.add(edge)) {
          lines.add(new Line(edge, "", -1));
        }
      }
    }
  }

  /** From the middle outwards, each column by where its neighbours nearer the middle stand. */
  private void order() {
    Map<String, List<String>> neighbours = new HashMap<>();
    for (Line line : lines) {
      String a = line.group().isEmpty() ? id(line.edge().source()) : line.group();
      String b = line.group().isEmpty() ? id(line.edge().target()) : id(line.item());
      neighbours.computeIfAbsent(a, key -> new ArrayList<>()).add(b);
      neighbours.computeIfAbsent(b, key -> new ArrayList<>()).add(a);
    }
    List<Integer> outwards = new ArrayList<>(columns.keySet());
    outwards.sort(Comparator.comparingInt(Math::abs));
    for (int level : outwards) {
      List<Box> column = columns.get(level);
      Map<Box, Double> centre = new HashMap<>();
      for (Box box : column) {
        centre.put(
            box,
            neighbours.getOrDefault(box.id, List.of()).stream()
                .map(boxes::get)
                .filter(other -> Math.abs(other.level) < Math.abs(level))
                .mapToDouble(other -> other.order)
                .average()
                .orElse(box.order));
      }
      column.sort(
          Comparator.comparingDouble((Box box) -> centre.get(box))
              .thenComparingDouble(box -> box.order));
      // places of all columns are compared as shares of the whole
      for (int i = 0; i < column.size(); i++) {
        column.get(i).order = (i + 1.0) / (column.size() + 1);
      }
    }
  }

  private ItemMap place() {
    int longest = columns.values().stream().mapToInt(List::size).max().orElse(1);
    int rows = Math.min(longest, Math.max(LEAST_ROWS, (int) Math.ceil(Math.sqrt(longest * 1.3))));
    List<Place> places = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    int x = EDGE;
    int width = 0;
    // the columns are in the order of their levels
    for (Map.Entry<Integer, List<Box>> column : columns.entrySet()) {
      List<Box> boxes = column.getValue();
      int beside = (boxes.size() + rows - 1) / rows;
      int high = (boxes.size() + beside - 1) / beside;
      int top = EDGE + (rows - high) * ROW / 2;
      for (int i = 0; i < boxes.size(); i++) {
        put(boxes.get(i), x + i / high * BESIDE, top + i % high * ROW, places, groups);
      }
      width = x + (beside - 1) * BESIDE + BOX_WIDTH + EDGE;
      x += (beside - 1) * BESIDE + COLUMN;
    }
    int height = 2 * EDGE + (rows - 1) * ROW + BOX_HEIGHT;
    return new ItemMap(places, groups, lines, Math.max(width, 2 * EDGE), height, more);
  }

  private static void put(Box box, int x, int y, List<Place> places, List<Group> groups) {
    if (box.node != null) {
      places.add(new Place(box.node, box.level, x, y));
    } else {
      groups.add(new Group(box.id, box.classKey, box.count, box.parent, box.level, x, y));
    }
  }
}
