package dev.gatehouse.runtime.discovery.dns;

import io.netty.channel.AddressedEnvelope;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DefaultDnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks DNS servers, one after the other, and once more over TCP where an answer was cut off. Keeps nothing: answers are wanted with
 * their times to live, which resolvers that cache do not tell.
 */
final class DnsQuestions {
  private static final int DNS_PORT = 53;
  /** What passes without fragments on nearly every path. */
  private static final int PAYLOAD = 1232;

  private final ContextInternal loop;
  private final List<InetSocketAddress> servers;
  private final DnsNameResolver resolver;

  DnsQuestions(Vertx vertx, DnsSettings settings) {
    VertxInternal internal = (VertxInternal) vertx;
    this.loop = internal.getOrCreateContext();
    this.servers = settings.servers().isEmpty()
        ? systemServers()
        : settings.servers().stream().map(DnsQuestions::server).toList();
    this.resolver = new DnsNameResolverBuilder(loop.nettyEventLoop())
        .datagramChannelFactory(() -> internal.transport().datagramChannel())
        .socketChannelFactory(
            () -> (SocketChannel) internal.transport().channelFactory(false).newChannel())
        .nameServerProvider(host -> DnsServerAddresses.sequential(servers).stream())
        .resolveCache(NoopDnsCache.INSTANCE)
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .searchDomains(List.of())
        .queryTimeoutMillis(settings.timeout().toMillis())
        .maxPayloadSize(PAYLOAD)
        .build();
  }

  /**
   * Asks for the records of a name.
   *
   * @return {@link DnsAnswer#NONE} where the name or such a record does not exist; fails where no server could say
   */
  Future<DnsAnswer> ask(String name, DnsRecordType type) {
    Promise<DnsAnswer> answer = loop.promise();
    DnsQuestion question = new DefaultDnsQuestion(name.endsWith(".") ? name : name + ".", type);
    ask(question, 0, answer);
    return answer.future();
  }

  private void ask(DnsQuestion question, int server, Promise<DnsAnswer> answer) {
    InetSocketAddress asked = servers.get(server);
    resolver
        .query(asked, question)
        .addListener(
            (io.netty.util.concurrent.Future<AddressedEnvelope<DnsResponse, InetSocketAddress>>
                    done) -> {
              String problem;
              if (done.isSuccess()) {
                DnsResponse response = done.getNow().content();
                try {
                  problem = read(response, answer);
                } finally {
                  done.getNow().release();
                }
              } else {
                problem = String.valueOf(done.cause().getMessage());
              }
              if (problem != null && server + 1 < servers.size()) {
                ask(question, server + 1, answer);
              } else if (problem != null) {
                answer.tryFail(new IllegalStateException(question.type().name() + " "
                    + question.name() + ": " + problem + " (asked: " + asked + ")"));
              }
            });
  }

  /** Answers null where that was an answer, else what is wrong with it. */
  private static @Nullable String read(DnsResponse response, Promise<DnsAnswer> answer) {
    DnsResponseCode code = response.code();
    if (code.equals(DnsResponseCode.NXDOMAIN)) {
      answer.tryComplete(DnsAnswer.NONE);
    } else if (code.equals(DnsResponseCode.NOERROR)) {
      try {
        answer.tryComplete(DnsAnswer.of(response));
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    } else {
      return code.toString();
    }
    return null;
  }

  void close() {
    resolver.close();
  }

  private static List<InetSocketAddress> systemServers() {
    DnsServerAddressStream stream =
        DefaultDnsServerAddressStreamProvider.defaultAddresses().stream();
    List<InetSocketAddress> all = new ArrayList<>();
    for (InetSocketAddress next = stream.next(); !all.contains(next); next = stream.next()) {
      all.add(next);
    }
    return all;
  }

  private static InetSocketAddress server(String text) {
    byte[] plain = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      if (plain != null) {
        return new InetSocketAddress(InetAddress.getByAddress(plain), DNS_PORT);
      }
      HostAndPort parts = HostAndPort.parseAuthority(text, DNS_PORT);
      byte[] address = parts == null
          ? null
          : NetUtil.createByteArrayFromIpAddressString(
              parts.host().replace("[", "").replace("]", ""));
      if (parts != null && address != null) {
        return new InetSocketAddress(InetAddress.getByAddress(address), parts.port());
      }
    } catch (UnknownHostException e) {
      throw new IllegalStateException(text + ": " + e.getMessage(), e);
    }
    throw new IllegalStateException("discovery.dns.servers: " + text
        + " (expected: IP addresses, with or without a port, such as 10.0.0.2:53)");
  }
}
