package dev.gatehouse.runtime.discovery.dns;

import dev.gatehouse.runtime.discovery.Backoff;
import dev.gatehouse.runtime.discovery.FoundInstances;
import dev.gatehouse.runtime.discovery.ServiceInstance.State;
import dev.gatehouse.runtime.discovery.ServiceLookup;
import dev.gatehouse.runtime.discovery.Source;
import dev.gatehouse.runtime.discovery.dns.DnsAnswer.Target;
import dev.gatehouse.runtime.discovery.dns.DnsSettings.Addresses;
import io.netty.handler.codec.dns.DnsRecordType;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks again whenever the answer before has lived out its time. */
final class DnsSource implements Source {
  private static final long NEGATIVE_TTL_SECONDS = 5;

  private final Vertx vertx;
  private final DnsSettings settings;
  private final DnsQuestions questions;

  DnsSource(Vertx vertx, DnsSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.questions = new DnsQuestions(vertx, settings);
  }

  @Override
  public Watch watch(ServiceLookup lookup, Listener listener) {
    Watching watching = new Watching(lookup, listener);
    watching.ask();
    return watching;
  }

  @Override
  public Future<Void> close() {
    questions.close();
    return Future.succeededFuture();
  }

  private final class Watching implements Watch {
    private final ServiceLookup lookup;
    private final Listener listener;
    private final Backoff backoff = new Backoff();
    private long timer = -1;
    private boolean closed;

    Watching(ServiceLookup lookup, Listener listener) {
      this.lookup = lookup;
      this.listener = listener;
    }

    void ask() {
      Future<DnsAnswer> answer =
          lookup.portNumber() == 0 ? questions.ask(lookup.name(), DnsRecordType.SRV) : addresses();
      answer.onComplete(this::found, this::failed);
    }

    private Future<DnsAnswer> addresses() {
      boolean six = settings.addresses() == Addresses.IPV6_FIRST;
      Future<DnsAnswer> first =
          questions.ask(lookup.name(), six ? DnsRecordType.AAAA : DnsRecordType.A);
      return first.compose(found -> found.isEmpty() || settings.addresses() == Addresses.ALL
          ? questions
              .ask(lookup.name(), six ? DnsRecordType.A : DnsRecordType.AAAA)
              .map(found::and)
          : first);
    }

    private void found(DnsAnswer answer) {
      if (closed) {
        return;
      }
      backoff.reset();
      FoundInstances found = new FoundInstances(lookup);
      answer.addresses().forEach(address -> found.add(address, lookup.portNumber()));
      add(answer.targets(), found);
      listener.found(found);
      long seconds = answer.isEmpty() ? NEGATIVE_TTL_SECONDS : answer.ttlSeconds();
      askAfter(Math.max(
          settings.minTtl().toMillis(),
          Math.min(settings.maxTtl().toMillis(), TimeUnit.SECONDS.toMillis(seconds))));
    }

    /** Only the best priority counts: the others are for clients that cannot reach it. */
    private void add(List<Target> targets, FoundInstances found) {
      int best = targets.stream().mapToInt(Target::priority).min().orElse(0);
      for (Target target : targets) {
        if (target.priority() == best && !target.isNone()) {
          found.add(
              null,
              target.host(),
              target.port(),
              Math.max(1, target.weight()),
              "",
              Map.of(),
              State.READY);
        }
      }
    }

    private void failed(Throwable e) {
      if (!closed) {
        listener.failed(String.valueOf(e.getMessage()));
        askAfter(backoff.nextMillis());
      }
    }

    private void askAfter(long millis) {
      timer = vertx.setTimer(Math.max(1, millis), due -> ask());
    }

    @Override
    public void close() {
      closed = true;
      vertx.cancelTimer(timer);
    }
  }
}
