package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a program is told that names a source and has not the library that speaks to it. */
class MissingLibraryTest {

  /** As a program's own class path, but for one library. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(String missing) {
      super(MissingLibraryTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (name.startsWith(missing)) {
          throw new ClassNotFoundException(name);
        }
        if (!name.startsWith("dev.gatehouse.runtime.discovery.")) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] content = file.readAllBytes();
        return defineClass(name, content, 0, content.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static void open(String settings, String missing, Object... arguments) throws Throwable {
    Class<?> type = new Without(missing).loadClass("dev.gatehouse.runtime.discovery." + settings);
    Object made = type.getConstructors()[0].newInstance(arguments);
    Method open = type.getMethod("open", Vertx.class);
    Vertx vertx = Vertx.vertx();
    try {
      open.invoke(made, vertx);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      Registry.await(vertx.close());
    }
  }

  @Test
  void redisNamesItsClient() {
    assertThatThrownBy(() -> open(
            "redis.RedisSettings",
            "io.vertx.redis.",
            "redis://127.0.0.1:1",
            "gatehouse:",
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("its client is not on the class path (expected: io.vertx:vertx-redis-client)");
  }

  @Test
  void zookeeperNamesItsClient() {
    assertThatThrownBy(() -> open(
            "zookeeper.ZookeeperSettings",
            "org.apache.zookeeper.",
            "127.0.0.1:1",
            "/services",
            Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "its client is not on the class path (expected: org.apache.zookeeper:zookeeper)");
  }
}
