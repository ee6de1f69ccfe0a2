package dev.gatehouse.rest.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class PercentDecoderPropertyTest {

  @Property(tries = 500)
  void whateverIsEncodedOnceIsDecodedToItself(@ForAll @StringLength(max = 30) String text) {
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text) && text.indexOf('\0') < 0);
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);

    assertThat(PercentDecoder.query(form, 0, form.length())).isEqualTo(text);
  }

  @Property(tries = 500)
  void everyByteMayBeEncoded(
      @ForAll @StringLength(min = 1, max = 10) @CharRange(from = '!', to = '~') String text) {
    Assume.that(text.indexOf('%') < 0 && !text.equals(".") && !text.equals(".."));
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02x", b));
    }

    assertThat(PercentDecoder.segment(encoded.toString(), 0, encoded.length())).isEqualTo(text);
  }

  @Property(tries = 1000)
  void noInputThrowsAndNoOutputHoldsWhatIsForbidden(@ForAll @StringLength(max = 20) String raw) {
    String segment = PercentDecoder.segment(raw, 0, raw.length());
    String query = PercentDecoder.query(raw, 0, raw.length());

    if (segment != null) {
      assertThat(segment).isNotIn(".", "..").doesNotContainPattern("\\p{Cntrl}|%[0-9a-fA-F]{2}");
    }
    if (query != null) {
      assertThat(query).doesNotContain("\0");
    }
  }

  @Property(tries = 1000)
  void percentSignsNeverConfuseIt(
      @ForAll @StringLength(max = 12) @CharRange(from = '0', to = 'F') String raw) {
    String text = raw.replace(':', '%').replace(';', '%');
    String segment = PercentDecoder.segment(text, 0, text.length());

    if (segment != null) {
      assertThat(segment.length()).isLessThanOrEqualTo(text.length());
      assertThat(segment).doesNotContainPattern("%[0-9a-fA-F]{2}");
    }
  }
}
