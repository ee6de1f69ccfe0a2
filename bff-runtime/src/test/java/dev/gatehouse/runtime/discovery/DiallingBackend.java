package dev.gatehouse.runtime.discovery;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.servicediscovery.Record;
import io.vertx.servicediscovery.spi.ServiceDiscoveryBackend;
import java.util.List;

/**
 * A backend as a library of the application may bring along. It fails at once, where such a one would dial a server.
 */
public final class DiallingBackend implements ServiceDiscoveryBackend {
  static final String DIALLED = "a backend was chosen that nobody asked for";

  @Override
  public void init(Vertx vertx, JsonObject config) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void store(Record record, Handler<AsyncResult<Record>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void remove(Record record, Handler<AsyncResult<Record>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void remove(String uuid, Handler<AsyncResult<Record>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void update(Record record, Handler<AsyncResult<Void>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void getRecords(Handler<AsyncResult<List<Record>>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }

  @Override
  public void getRecord(String uuid, Handler<AsyncResult<Record>> resultHandler) {
    throw new IllegalStateException(DIALLED);
  }
}
