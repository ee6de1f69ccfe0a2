package dev.gatehouse.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends HTTP/1.1 exactly as it is told to, well formed or not, over a connection of its own each time. */
public final class HttpClients {
  private final int port;

  public HttpClients(int port) {
    this.port = port;
  }

  public int port() {
    return port;
  }

  /** What came back; header names in lower case. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  public Reply get(String target, String... headers) {
    return send("GET", target, null, headers);
  }

  public Reply post(String target, String json) {
    return send("POST", target, json, "content-type", "application/json");
  }

  public Reply send(String method, String target, @Nullable String body, String... headers) {
    StringBuilder request = new StringBuilder(method)
        .append(' ')
        .append(target)
        .append(" HTTP/1.1\r\nhost: localhost\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    if (body != null) {
      request
          .append("content-length: ")
          .append(body.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    return raw(request
        .append("connection: close\r\n\r\n")
        .append(body == null ? "" : body)
        .toString());
  }

  public Reply raw(String message) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  public static Reply read(InputStream in) throws IOException {
    String status = line(in);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).trim());
    }
    int code = Integer.parseInt(status.split(" ")[1]);
    byte[] body = code == 101
        ? new byte[0]
        : "chunked".equals(headers.get("transfer-encoding"))
            ? in.readAllBytes()
            : rest(in, headers);
    return new Reply(code, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** To the end of the connection, as an answer to HEAD has a length but no bytes. */
  private static byte[] rest(InputStream in, Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended within: " + line);
      }
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
