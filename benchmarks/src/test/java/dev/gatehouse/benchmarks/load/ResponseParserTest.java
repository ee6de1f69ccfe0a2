package dev.gatehouse.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
  private final ResponseParser parser = new ResponseParser();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nx: y\r\n\r\n"
      })
  void aResponseIsWholeWithItsLastByteAndNotBefore(String response)
      throws MalformedResponseException {
    byte[] bytes = bytes(response);
    for (int i = 0; i < bytes.length - 1; i++) {
      assertThat(parser.accept(ByteBuffer.wrap(bytes, i, 1)))
          .as("after %d bytes", i + 1)
          .isFalse();
    }

    assertThat(parser.accept(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isTrue();
    assertThat(parser.status()).isEqualTo(200);
    assertThat(parser.length()).isEqualTo(bytes.length);
    assertThat(parser.bodyContains(bytes("hello"))).isTrue();
    assertThat(parser.bodyContains(bytes("HTTP"))).isFalse();
  }

  @Test
  void aResponseWithoutLengthHasNoBody() throws MalformedResponseException {
    assertThat(accept("HTTP/1.1 404 Not Found\r\n\r\n")).isTrue();
    assertThat(parser.status()).isEqualTo(404);
  }

  @Test
  void oneParserReadsOneResponseAfterTheOther() throws MalformedResponseException {
    assertThat(accept("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n"))
        .isTrue();
    parser.reset();

    assertThat(accept("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nno"))
        .isTrue();
    assertThat(parser.status()).isEqualTo(502);
  }

  @Test
  void aBodyLargerThanTheBufferIsReadWhole() throws MalformedResponseException {
    String body = "x".repeat(100_000) + "end";

    assertThat(accept("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n"))
        .isFalse();
    assertThat(accept(body)).isTrue();
    assertThat(parser.bodyContains(bytes("xend"))).isTrue();
  }

  @Test
  void whatIsNoHttpIsRefused() {
    assertThatThrownBy(() -> accept("SSH-2.0-server\r\n\r\n"))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("SSH-2.0-server");
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    assertThatThrownBy(() -> accept("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabc"))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessage("response: 2 bytes after its end (expected: none)");
  }

  private boolean accept(String text) throws MalformedResponseException {
    return parser.accept(ByteBuffer.wrap(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
