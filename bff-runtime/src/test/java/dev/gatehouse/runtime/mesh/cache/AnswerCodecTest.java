package dev.gatehouse.runtime.mesh.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class AnswerCodecTest {
  private static final byte[] KEY = "GET catalog /things".getBytes(StandardCharsets.UTF_8);
  private static final StoredAnswer ANSWER = new StoredAnswer(
      404,
      MultiMap.caseInsensitiveMultiMap()
          .add("ETag", "\"a\"")
          .add("x-two", "1")
          .add("x-two", "zwölf"),
      "{\"a\": 1}".getBytes(StandardCharsets.UTF_8),
      1_700_000_000_000L,
      60,
      5,
      -1,
      true);

  @Test
  void anAnswerComesBackAsItWas() {
    StoredAnswer back = AnswerCodec.decode(AnswerCodec.encode(ANSWER, KEY), KEY);
    assertThat(back).usingRecursiveComparison().ignoringFields("headers").isEqualTo(ANSWER);
    assertThat(back.headers()).hasToString(ANSWER.headers().toString());
    assertThat(back.headers().getAll("X-Two")).containsExactly("1", "zwölf");
  }

  @Test
  void whateverHasChangedIsNoAnswer() {
    byte[] good = AnswerCodec.encode(ANSWER, KEY);
    for (int i = 0; i < good.length; i++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) (1 << bit);
        assertThat(AnswerCodec.decode(bad, KEY)).as("byte %d, bit %d", i, bit).isNull();
      }
      assertThat(AnswerCodec.decode(Arrays.copyOf(good, i), KEY))
          .as("cut at %d", i)
          .isNull();
    }
    assertThat(AnswerCodec.decode(Arrays.copyOf(good, good.length + 1), KEY)).isNull();
    assertThat(AnswerCodec.decode(good, new byte[32])).as("of another key").isNull();
  }

  @Test
  void nonsenseWithARightSumIsNoAnswer() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = new byte[5 + random.nextInt(200)];
      random.nextBytes(bytes);
      bytes[0] = AnswerCodec.VERSION;
      CRC32C sum = new CRC32C();
      sum.update(KEY, 0, KEY.length);
      sum.update(bytes, 5, bytes.length - 5);
      ByteBuffer.wrap(bytes).putInt(1, (int) sum.getValue());
      StoredAnswer decoded = AnswerCodec.decode(bytes, KEY);
      assertThat(decoded == null || decoded.body().length <= bytes.length).isTrue();
    }
  }
}
