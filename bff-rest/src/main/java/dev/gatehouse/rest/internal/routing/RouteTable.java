package dev.gatehouse.rest.internal.routing;

import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * All routes of a door, as a tree of segments. A literal segment wins over a variable; where that leads nowhere, the variable is
 * tried. Matching costs time linear in the path's length, whatever the number of routes, and looks at encoded segments one by
 * one: an encoded slash is data and never makes a segment end.
 *
 * <p>Not to be changed any more once it is used for matching; then safe to share.
 *
 * @param <R> a route
 */
public final class RouteTable<R> {
  private static final int MAX_SEGMENTS = 64;

  private final Node<R> root = new Node<>();
  private int mostVariables;

  /**
   * Adds a route.
   *
   * @throws IllegalArgumentException where a route of that method and shape is there already
   */
  public void add(HttpMethod method, PathTemplate template, R route) {
    if (template.segments().size() > MAX_SEGMENTS) {
      throw new IllegalArgumentException("path \"" + template + "\": "
          + template.segments().size() + " segments (expected: at most " + MAX_SEGMENTS + ")");
    }
    Node<R> node = root;
    for (PathTemplate.Segment segment : template.segments()) {
      node = segment.isVariable() ? node.variable() : node.literal(segment.text());
    }
    node.resource().add(method, route);
    mostVariables = Math.max(mostVariables, template.variables().size());
  }

  /**
   * Finds what stands at a path.
   *
   * @param path as sent, still encoded
   * @return null where nothing does
   */
  public @Nullable Match<R> match(String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return null;
    }
    @Nullable String[] variables = new String[mostVariables];
    Object found = path.length() == 1 ? root.resource : root.find(path, 0, variables, 0);
    if (found == null) {
      return null;
    }
    if (found == Node.MALFORMED) {
      return new Match<>(null, variables);
    }
    @SuppressWarnings("unchecked")
    Resource<R> resource = (Resource<R>) found;
    return new Match<>(resource, variables);
  }

  /** The place after a number of segments. */
  private static final class Node<R> {
    static final Object MALFORMED = new Object();

    private @Nullable Resource<R> resource;
    private @Nullable Node<R> variable;
    private @Nullable String[] names = new String[0];
    private @Nullable Node<R>[] literals = newNodes(0);
    private int count;

    Resource<R> resource() {
      if (resource == null) {
        resource = new Resource<>();
      }
      return resource;
    }

    Node<R> variable() {
      if (variable == null) {
        variable = new Node<>();
      }
      return variable;
    }

    Node<R> literal(String name) {
      Node<R> child = child(name, 0, name.length(), name.hashCode());
      if (child == null) {
        child = new Node<>();
        if (++count * 2 > names.length) {
          grow();
        }
        put(name, child);
      }
      return child;
    }

    /** The resource that a path leads to from here; MALFORMED; or null. The path goes on at a slash, or ends. */
    @Nullable Object find(String path, int slash, @Nullable String[] variables, int depth) {
      if (slash == path.length()) {
        return resource;
      }
      if (literals.length == 0 && variable == null) {
        return null;
      }
      int from = slash + 1;
      int to = from;
      int hash = 0;
      boolean plain = true;
      char c;
      while (to < path.length() && (c = path.charAt(to)) != '/') {
        plain &= PercentDecoder.isPlainInSegment(c);
        hash = 31 * hash + c;
        to++;
      }
      if (to == from) {
        return null;
      }
      if (!plain || path.charAt(from) == '.') {
        String decoded = PercentDecoder.segment(path, from, to);
        return decoded == null
            ? MALFORMED
            : next(path, to, variables, depth, decoded, decoded.hashCode());
      }
      Node<R> literal = child(path, from, to, hash);
      if (literal != null) {
        Object found = literal.find(path, to, variables, depth);
        if (found != null) {
          return found;
        }
      }
      return variable == null ? null : bind(path, to, variables, depth, path.substring(from, to));
    }

    private @Nullable Object next(
        String path, int to, @Nullable String[] variables, int depth, String segment, int hash) {
      Node<R> literal = child(segment, 0, segment.length(), hash);
      if (literal != null) {
        Object found = literal.find(path, to, variables, depth);
        if (found != null) {
          return found;
        }
      }
      return variable == null ? null : bind(path, to, variables, depth, segment);
    }

    private @Nullable Object bind(
        String path, int to, @Nullable String[] variables, int depth, String value) {
      variables[depth] = value;
      return variable == null ? null : variable.find(path, to, variables, depth + 1);
    }

    /** Looks a literal up by the hash of its text, without making a string of it. */
    private @Nullable Node<R> child(String text, int from, int to, int hash) {
      if (names.length == 0) {
        return null;
      }
      for (int i = hash & (names.length - 1); ; i = (i + 1) & (names.length - 1)) {
        String name = names[i];
        if (name == null) {
          return null;
        }
        if (name.length() == to - from && text.startsWith(name, from)) {
          return literals[i];
        }
      }
    }

    private void put(String name, Node<R> child) {
      int i = name.hashCode() & (names.length - 1);
      while (names[i] != null) {
        i = (i + 1) & (names.length - 1);
      }
      names[i] = name;
      literals[i] = child;
    }

    private void grow() {
      @Nullable String[] oldNames = names;
      @Nullable Node<R>[] oldLiterals = literals;
      names = new String[Math.max(4, oldNames.length * 2)];
      literals = newNodes(names.length);
      for (int i = 0; i < oldNames.length; i++) {
        String name = oldNames[i];
        Node<R> child = oldLiterals[i];
        if (name != null && child != null) {
          put(name, child);
        }
      }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <R> @Nullable Node<R>[] newNodes(int length) {
      return new Node[length];
    }
  }
}
