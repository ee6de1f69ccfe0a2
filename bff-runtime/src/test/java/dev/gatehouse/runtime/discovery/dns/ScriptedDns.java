package dev.gatehouse.runtime.discovery.dns;

import dev.gatehouse.runtime.discovery.Registry;
import dev.gatehouse.runtime.discovery.TestProcess;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.NetServer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A DNS server, written byte by byte (RFC 1035), which answers each question alike. */
final class ScriptedDns implements AutoCloseable {
  private static final int UDP_BYTES = 1232;
  private static final int HEADER = 12;

  private final DatagramSocket udp;
  private final NetServer tcp;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger overTcp = new AtomicInteger();
  private volatile int code;
  private volatile boolean silent;

  private record Answer(int type, int ttl, byte[] data) {}

  ScriptedDns(Vertx vertx) {
    this.tcp = Registry.await(vertx
        .createNetServer()
        .connectHandler(socket -> {
          RecordParser parser = RecordParser.newFixed(2);
          boolean[] length = {true};
          parser.handler(bytes -> {
            if (length[0]) {
              parser.fixedSizeMode(bytes.getUnsignedShort(0));
            } else {
              overTcp.incrementAndGet();
              Buffer reply = reply(bytes, 65535);
              socket.write(Buffer.buffer().appendUnsignedShort(reply.length()).appendBuffer(reply));
              parser.fixedSizeMode(2);
            }
            length[0] = !length[0];
          });
          socket.handler(parser);
        })
        .listen(TestProcess.freePort(), "127.0.0.1"));
    this.udp = Registry.await(vertx.createDatagramSocket().listen(tcp.actualPort(), "127.0.0.1"));
    udp.handler(packet -> {
      if (!silent) {
        Buffer reply = reply(packet.data(), UDP_BYTES);
        udp.send(reply, packet.sender().port(), packet.sender().host());
      } else {
        reply(packet.data(), UDP_BYTES);
      }
    });
  }

  String address() {
    return "127.0.0.1:" + tcp.actualPort();
  }

  List<String> asked() {
    return asked;
  }

  int askedOverTcp() {
    return overTcp.get();
  }

  void addresses(int ttl, String... addresses) {
    List<Answer> all = new CopyOnWriteArrayList<>();
    for (String address : addresses) {
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
      all.add(new Answer(
          (bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA).intValue(), ttl, bytes));
    }
    become(0, all);
  }

  void target(int ttl, int priority, int weight, int port, String host) {
    ByteBuf data = Unpooled.buffer().writeShort(priority).writeShort(weight).writeShort(port);
    for (String label : host.split("\\.")) {
      data.writeByte(label.length()).writeCharSequence(label, StandardCharsets.US_ASCII);
    }
    data.writeByte(0);
    byte[] bytes = new byte[data.readableBytes()];
    data.readBytes(bytes);
    answers.add(new Answer(DnsRecordType.SRV.intValue(), ttl, bytes));
  }

  void raw(DnsRecordType type, byte[] data) {
    become(0, List.of(new Answer(type.intValue(), 1, data)));
  }

  void fail(DnsResponseCode with) {
    become(with.intValue(), List.of());
  }

  void beSilent() {
    silent = true;
  }

  private synchronized void become(int code, List<Answer> all) {
    this.code = code;
    answers.clear();
    answers.addAll(all);
  }

  private synchronized Buffer reply(Buffer question, int most) {
    int at = HEADER;
    StringBuilder name = new StringBuilder();
    while (question.getByte(at) != 0) {
      int length = question.getByte(at);
      name.append(question.getString(at + 1, at + 1 + length)).append('.');
      at += 1 + length;
    }
    int type = question.getUnsignedShort(at + 1);
    asked.add(DnsRecordType.valueOf(type).name() + " " + name);
    Buffer records = Buffer.buffer();
    int count = 0;
    for (Answer answer : answers) {
      if (answer.type() == type) {
        count++;
        records
            .appendUnsignedShort(0xC000 | HEADER)
            .appendUnsignedShort(type)
            .appendUnsignedShort(1)
            .appendInt(answer.ttl())
            .appendUnsignedShort(answer.data().length)
            .appendBytes(answer.data());
      }
    }
    boolean cut = HEADER + at + 5 - HEADER + records.length() > most;
    return Buffer.buffer()
        .appendUnsignedShort(question.getUnsignedShort(0))
        .appendUnsignedShort(0x8180 | (cut ? 0x0200 : 0) | code)
        .appendUnsignedShort(1)
        .appendUnsignedShort(cut ? 0 : count)
        .appendUnsignedShort(0)
        .appendUnsignedShort(0)
        .appendBuffer(question.getBuffer(HEADER, at + 5))
        .appendBuffer(cut ? Buffer.buffer() : records);
  }

  @Override
  public void close() {
    Registry.await(udp.close());
    Registry.await(tcp.close());
  }
}
