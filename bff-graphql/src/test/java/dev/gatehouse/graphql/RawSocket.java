package dev.gatehouse.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.HttpClients;
import dev.gatehouse.testing.OpenedDoor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket byte by byte: what no library would send, and nothing that one does by itself. */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 0x81;
  static final int PING = 0x89;

  private static final int CLOSE = 8;
  /** So that what is not read soon stays with who sends it. */
  private static final int FEW_BYTES = 16 << 10;

  private final Socket socket;

  private RawSocket(Socket socket) {
    this.socket = socket;
  }

  /** A handshake with more headers, each with its line end. */
  static String handshake(int port, String headers) {
    return "GET /graphql HTTP/1.1\r\nhost: 127.0.0.1:" + port
        + "\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
        + "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        + "sec-websocket-protocol: graphql-transport-ws\r\n" + headers + "\r\n";
  }

  /** Asks for a socket, and does not wait for the answer. */
  static RawSocket asked(OpenedDoor door) throws IOException {
    int port = door.client().port();
    Socket socket = new Socket();
    socket.setReceiveBufferSize(FEW_BYTES);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    RawSocket asked = new RawSocket(socket);
    asked.send(handshake(port, "").getBytes(StandardCharsets.US_ASCII));
    return asked;
  }

  static RawSocket open(OpenedDoor door) throws IOException {
    RawSocket open = asked(door);
    HttpClients.Reply reply = HttpClients.read(open.socket.getInputStream());
    assertThat(reply.status()).isEqualTo(101);
    return open;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void send(String message) throws IOException {
    send(frame(TEXT, message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends no more, and reads what comes until nothing does. */
  void end() throws IOException {
    socket.shutdownOutput();
    socket.getInputStream().readAllBytes();
  }

  /** The code of the next close frame; what comes before it is short and passed over. */
  int closed() throws IOException {
    InputStream in = socket.getInputStream();
    while (true) {
      int opcode = in.read() & 0x0F;
      byte[] payload = in.readNBytes(in.read() & 0x7F);
      if (opcode == CLOSE) {
        return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
      }
    }
  }

  /** A frame of at most 125 bytes, masked with zeros. */
  static byte[] frame(int first, byte[] payload) {
    byte[] frame = new byte[payload.length + 6];
    frame[0] = (byte) first;
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
