package dev.gatehouse.runtime.discovery.kubernetes;

import dev.gatehouse.runtime.discovery.http.RegistryClient.BytesReader;
import dev.gatehouse.runtime.discovery.http.RegistryClient.Exchange;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiConsumer;

/** Cuts an answer into its lines. */
final class LineReader implements BytesReader {
  private final int longest;
  private final BiConsumer<Exchange, String> each;
  private Buffer rest = Buffer.buffer();

  /**
   * @param longest bytes of one line; a longer one ends the answer
   */
  LineReader(int longest, BiConsumer<Exchange, String> each) {
    this.longest = longest;
    this.each = each;
  }

  @Override
  public void read(Exchange exchange, Buffer bytes) {
    int from = 0;
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.getByte(i) == '\n') {
        rest.appendBuffer(bytes, from, i - from);
        from = i + 1;
        String line = rest.toString();
        rest = Buffer.buffer();
        if (!line.isBlank()) {
          each.accept(exchange, line);
        }
      }
    }
    rest.appendBuffer(bytes, from, bytes.length() - from);
    if (rest.length() > longest) {
      exchange.fail("watch: a line of more than " + longest + " bytes");
    }
  }
}
