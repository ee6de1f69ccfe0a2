package dev.gatehouse.runtime.discovery.zookeeper;

import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source.Listener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one service, read once and then only those that an event names. On the source's event loop, whatever thread the
 * client calls back on.
 */
final class ServiceNodes {
  private final ZookeeperSource source;
  private final ServiceLookup lookup;
  private final String path;
  private final Listener listener;
  private Map<String, byte[]> known = new HashMap<>();
  private @Nullable ZooKeeper session;
  /** Answers to what was asked before are not for what was asked after it. */
  private int round;

  private boolean reading;
  private boolean again;
  private boolean closed;

  ServiceNodes(ZookeeperSource source, ServiceLookup lookup, String path, Listener listener) {
    this.source = source;
    this.lookup = lookup;
    this.path = path;
    this.listener = listener;
  }

  /** A connection was made: whatever happened before may have been missed. */
  void begin(ZooKeeper session) {
    this.session = session;
    known = new HashMap<>();
    reading = false;
    int asked = ++round;
    session.addWatch(
        path,
        AddWatchMode.PERSISTENT_RECURSIVE,
        (code, at, context) -> on(asked, () -> {
          if (code == Code.OK.intValue()) {
            read();
          } else {
            failed(Code.get(code).name());
          }
        }),
        null);
  }

  /** Something happened at a node, which may be of another service. */
  void changed(@Nullable String at) {
    if (at == null || !(at.equals(path) || at.startsWith(path + "/"))) {
      return;
    }
    if (at.length() > path.length()) {
      known.remove(at.substring(path.length() + 1));
    }
    read();
  }

  void failed(String why) {
    if (!closed) {
      listener.failed(why);
    }
  }

  void close() {
    closed = true;
    round++;
  }

  private void read() {
    ZooKeeper from = session;
    if (closed || from == null) {
      return;
    }
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    again = false;
    int asked = round;
    from.getChildren(
        path,
        false,
        (code, at, context, children, stat) -> on(asked, () -> {
          if (code == Code.OK.intValue()) {
            read(from, children);
          } else if (code == Code.NONODE.intValue()) {
            read(from, List.of());
          } else {
            reading = false;
            failed(at + ": " + Code.get(code).name());
          }
        }),
        null);
  }

  private void read(ZooKeeper from, List<String> children) {
    List<String> some = children.subList(0, Math.min(children.size(), FoundInstances.MOST));
    known.keySet().retainAll(some);
    List<String> missing =
        some.stream().filter(child -> !known.containsKey(child)).toList();
    Reading all = new Reading(missing.size());
    if (missing.isEmpty()) {
      tell();
      return;
    }
    int asked = round;
    for (String child : missing) {
      from.getData(
          path + "/" + child,
          false,
          (int code, String at, Object context, byte[] data, Stat stat) -> on(asked, () -> {
            if (code == Code.OK.intValue()) {
              known.put(child, data == null ? new byte[0] : data);
            } else if (code != Code.NONODE.intValue()) {
              failed(at + ": " + Code.get(code).name());
              all.failed = true;
            }
            all.done();
          }),
          null);
    }
  }

  private void tell() {
    reading = false;
    if (again) {
      read();
      return;
    }
    FoundInstances found = new FoundInstances(lookup);
    known.forEach((id, data) -> RegisteredService.add(found, lookup, id, data));
    listener.found(found);
  }

  private void on(int asked, Runnable what) {
    source.loop().runOnContext(on -> {
      if (!closed && asked == round) {
        what.run();
      }
    });
  }

  private final class Reading {
    private int open;
    private boolean failed;

    Reading(int open) {
      this.open = open;
    }

    void done() {
      if (--open == 0) {
        if (failed) {
          reading = false;
        } else {
          tell();
        }
      }
    }
  }
}
