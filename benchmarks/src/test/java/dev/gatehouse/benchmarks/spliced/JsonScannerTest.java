package dev.gatehouse.benchmarks.spliced;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonScannerTest {

  @Test
  void membersAreFoundWithTheirValuesAsTheyStand() {
    String json = """
        { "a" : 12 , "b":"x\\"}\\\\", "ü":[1,{"]":"}"}], "c": { "d" : null } ,"e":true}""";

    assertThat(members(json))
        .containsExactly(
            "a=12", "b=\"x\\\"}\\\\\"", "ü=[1,{\"]\":\"}\"}]", "c={ \"d\" : null }", "e=true");
  }

  @Test
  void anEmptyObjectHasNoMembers() {
    assertThat(members("{ }")).isEmpty();
  }

  @Test
  void elementsAreEnteredOneByOne() {
    byte[] json = JsonBytes.of("[ {\"id\":1}, {\"id\":22} ]");
    JsonScanner scanner = new JsonScanner(json, 0);
    List<Integer> ids = new ArrayList<>();

    scanner.enter();
    while (scanner.nextElement()) {
      scanner.enter();
      while (scanner.nextMember()) {
        assertThat(scanner.isNamed(JsonBytes.of("id"))).isTrue();
        assertThat(scanner.isNamed(JsonBytes.of("ids"))).isFalse();
        ids.add(scanner.intValue());
      }
    }

    assertThat(ids).containsExactly(1, 22);
    assertThat(scanner.position()).isEqualTo(json.length);
  }

  @Test
  void aMemberBeginsAtItsName() {
    byte[] json = JsonBytes.of("{\"a\":1,\"b\": 2}");
    JsonScanner scanner = new JsonScanner(json, 0);

    scanner.enter();
    scanner.nextMember();
    scanner.nextMember();

    assertThat(text(json, scanner.memberStart(), scanner.position())).isEqualTo("\"b\": 2");
  }

  private static List<String> members(String text) {
    byte[] json = JsonBytes.of(text);
    JsonScanner scanner = new JsonScanner(json, 0);
    List<String> members = new ArrayList<>();
    scanner.enter();
    while (scanner.nextMember()) {
      String name = text(json, scanner.memberStart(), scanner.valueStart());
      members.add(name.substring(1, name.lastIndexOf('"')) + "="
          + text(json, scanner.valueStart(), scanner.position()));
    }
    return members;
  }

  private static String text(byte[] json, int from, int to) {
    return new String(json, from, to - from, StandardCharsets.UTF_8);
  }
}
