package dev.gatehouse.runtime.discovery.dns;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server answered to one question. Immutable.
 *
 * @param addresses of A and AAAA records
 * @param targets of SRV records
 * @param ttlSeconds the least of the records that count, aliases included; 0 where there is none
 */
record DnsAnswer(List<String> addresses, List<Target> targets, long ttlSeconds) {
  static final DnsAnswer NONE = new DnsAnswer(List.of(), List.of(), 0);

  /** One SRV record (RFC 2782). */
  record Target(int priority, int weight, int port, String host) {
    /** Whether it says that the service is decidedly not there. */
    boolean isNone() {
      return host.isEmpty();
    }
  }

  boolean isEmpty() {
    return addresses.isEmpty() && targets.isEmpty();
  }

  /** Both together, for as long as the shorter-lived holds. */
  DnsAnswer and(DnsAnswer other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    List<String> all = new ArrayList<>(addresses);
    all.addAll(other.addresses);
    return new DnsAnswer(all, targets, Math.min(ttlSeconds, other.ttlSeconds));
  }

  /**
   * @throws IllegalArgumentException where a record is malformed
   */
  static DnsAnswer of(DnsResponse response) {
    List<String> addresses = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    long ttl = Long.MAX_VALUE;
    for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
      DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
      ttl = Math.min(ttl, record.timeToLive());
      if (record instanceof DnsRawRecord raw) {
        try {
          read(raw, addresses, targets);
        } catch (IndexOutOfBoundsException | UnknownHostException e) {
          throw new IllegalArgumentException(record.type().name() + " record: malformed", e);
        }
      }
    }
    return addresses.isEmpty() && targets.isEmpty() ? NONE : new DnsAnswer(addresses, targets, ttl);
  }

  private static void read(DnsRawRecord record, List<String> addresses, List<Target> targets)
      throws UnknownHostException {
    ByteBuf content = record.content().duplicate();
    DnsRecordType type = record.type();
    if (type.equals(DnsRecordType.A) || type.equals(DnsRecordType.AAAA)) {
      byte[] address = new byte[content.readableBytes()];
      content.readBytes(address);
      addresses.add(InetAddress.getByAddress(address).getHostAddress());
    } else if (type.equals(DnsRecordType.SRV)) {
      int priority = content.readUnsignedShort();
      int weight = content.readUnsignedShort();
      int port = content.readUnsignedShort();
      String target = DefaultDnsRecordDecoder.decodeName(content);
      targets.add(new Target(
          priority,
          weight,
          port,
          target.endsWith(".") ? target.substring(0, target.length() - 1) : target));
    }
  }
}
