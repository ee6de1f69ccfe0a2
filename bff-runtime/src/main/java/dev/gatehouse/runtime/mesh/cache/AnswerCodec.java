package dev.gatehouse.runtime.mesh.cache;

import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Kept answers as bytes: a version, a sum over all that follows and the key it is the answer to, and then the answer. What was cut off,
 * changed, stored under another key or never was an answer is told from it by the sum.
 */
final class AnswerCodec {
  static final byte VERSION = 1;

  private static final int SUM_AT = 1;
  private static final int CONTENT_AT = SUM_AT + Integer.BYTES;

  private AnswerCodec() {}

  /**
   * @param key the digest of what it answers
   */
  static byte[] encode(StoredAnswer answer, byte[] key) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(answer.weight() + CONTENT_AT);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(0);
      out.writeShort(answer.status());
      out.writeLong(answer.datedMillis());
      out.writeLong(answer.freshSeconds());
      out.writeLong(answer.staleWhileRevalidateSeconds());
      out.writeLong(answer.staleIfErrorSeconds());
      out.writeBoolean(answer.mayBeStale());
      out.writeInt(answer.headers().entries().size());
      for (Map.Entry<String, String> header : answer.headers()) {
        text(out, header.getKey());
        text(out, header.getValue());
      }
      out.write(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] encoded = bytes.toByteArray();
    ByteBuffer.wrap(encoded).putInt(SUM_AT, sum(encoded, key));
    return encoded;
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** What {@link #encode} has made for that key; null for anything else. */
  static @Nullable StoredAnswer decode(byte[] bytes, byte[] key) {
    if (bytes.length < CONTENT_AT || bytes[0] != VERSION) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.getInt(SUM_AT) != sum(bytes, key)) {
      return null;
    }
    in.position(CONTENT_AT);
    try {
      return answer(in);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null; // the sum fits by chance, or by intent
    }
  }

  private static StoredAnswer answer(ByteBuffer in) {
    int status = in.getShort();
    long dated = in.getLong();
    long fresh = in.getLong();
    long whileRevalidating = in.getLong();
    long onError = in.getLong();
    boolean mayBeStale = in.get() != 0;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int left = in.getInt(); left > 0; left--) {
      headers.add(text(in), text(in));
    }
    byte[] body = new byte[in.remaining()];
    in.get(body);
    return new StoredAnswer(
        status, headers, body, dated, fresh, whileRevalidating, onError, mayBeStale);
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  private static int sum(byte[] encoded, byte[] key) {
    CRC32C sum = new CRC32C();
    sum.update(key, 0, key.length);
    sum.update(encoded, CONTENT_AT, encoded.length - CONTENT_AT);
    return (int) sum.getValue();
  }
}
