package dev.gatehouse.runtime.discovery.zookeeper;

import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.SourceSettings;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A ZooKeeper ensemble in which services register as Curator's service discovery has them do: {@code ROOT/SERVICE/ID}, each with
 * JSON. Needs {@code org.apache.zookeeper:zookeeper} on the class path. Immutable.
 *
 * @param servers {@code HOST:PORT}, with commas between them
 * @param root the path above the services, such as {@code /services}
 * @param sessionTimeout after which a session that is cut off is over
 */
public record ZookeeperSettings(String servers, String root, Duration sessionTimeout)
    implements SourceSettings {
  /** Where Spring Cloud has services register. */
  public static final String ROOT = "/services";

  /** Half a minute. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(30);

  @Override
  public String label() {
    return "zookeeper";
  }

  @Override
  public Source open(Vertx vertx) {
    try {
      return new ZookeeperSource(vertx, this);
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "its client is not on the class path (expected: org.apache.zookeeper:zookeeper)", e);
    }
  }

  @Override
  public String toString() {
    return "ZooKeeper at " + servers + root;
  }
}
