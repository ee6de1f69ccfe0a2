package dev.gatehouse.runtime.config;

import dev.gatehouse.runtime.config.BffSettings.Compression;
import dev.gatehouse.runtime.config.BffSettings.Limits;
import dev.gatehouse.runtime.config.BffSettings.Listener;

/** Changes some of a BFF's settings. Not thread-safe. */
public final class BffSettingsBuilder {
  private final String name;
  private Listener listener;
  private Limits limits;
  private GraphqlSettings graphql;
  private MeshSettings mesh;
  private Compression compression;
  private AccessLogMode accessLog;
  private LogFormat logFormat;
  private boolean serverTiming;
  private boolean publicOpenApi;
  private boolean development;
  private int planCacheSize;
  private int instances;

  BffSettingsBuilder(BffSettings from) {
    this.name = from.name();
    this.listener = from.listener();
    this.limits = from.limits();
    this.graphql = from.graphql();
    this.mesh = from.mesh();
    this.compression = from.compression();
    this.accessLog = from.accessLog();
    this.logFormat = from.logFormat();
    this.serverTiming = from.serverTiming();
    this.publicOpenApi = from.publicOpenApi();
    this.development = from.development();
    this.planCacheSize = from.planCacheSize();
    this.instances = from.instances();
  }

  public BffSettingsBuilder listener(Listener listener) {
    this.listener = listener;
    return this;
  }

  public BffSettingsBuilder limits(Limits limits) {
    this.limits = limits;
    return this;
  }

  public BffSettingsBuilder graphql(GraphqlSettings graphql) {
    this.graphql = graphql;
    return this;
  }

  public BffSettingsBuilder mesh(MeshSettings mesh) {
    this.mesh = mesh;
    return this;
  }

  public BffSettingsBuilder compression(Compression compression) {
    this.compression = compression;
    return this;
  }

  public BffSettingsBuilder accessLog(AccessLogMode accessLog) {
    this.accessLog = accessLog;
    return this;
  }

  public BffSettingsBuilder logFormat(LogFormat logFormat) {
    this.logFormat = logFormat;
    return this;
  }

  public BffSettingsBuilder serverTiming(boolean serverTiming) {
    this.serverTiming = serverTiming;
    return this;
  }

  public BffSettingsBuilder publicOpenApi(boolean publicOpenApi) {
    this.publicOpenApi = publicOpenApi;
    return this;
  }

  public BffSettingsBuilder development(boolean development) {
    this.development = development;
    return this;
  }

  public BffSettingsBuilder planCacheSize(int planCacheSize) {
    this.planCacheSize = planCacheSize;
    return this;
  }

  public BffSettingsBuilder instances(int instances) {
    this.instances = instances;
    return this;
  }

  public BffSettings build() {
    return new BffSettings(
        name,
        listener,
        limits,
        graphql,
        mesh,
        compression,
        accessLog,
        logFormat,
        serverTiming,
        publicOpenApi,
        development,
        planCacheSize,
        instances);
  }
}
