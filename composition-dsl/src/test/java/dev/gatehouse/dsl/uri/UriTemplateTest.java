package dev.gatehouse.dsl.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  /** The variables of RFC 6570, section 3.2. */
  private static final Map<String, Object> VARIABLES = variables();

  private static Map<String, Object> variables() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("semi", ";");
    keys.put("dot", ".");
    keys.put("comma", ",");
    return Map.ofEntries(
        Map.entry("count", List.of("one", "two", "three")),
        Map.entry("dom", List.of("example", "com")),
        Map.entry("dub", "me/too"),
        Map.entry("hello", "Hello World!"),
        Map.entry("half", "50%"),
        Map.entry("var", "value"),
        Map.entry("who", "fred"),
        Map.entry("base", "http://example.com/home/"),
        Map.entry("path", "/foo/bar"),
        Map.entry("list", List.of("red", "green", "blue")),
        Map.entry("keys", keys),
        Map.entry("v", "6"),
        Map.entry("x", "1024"),
        Map.entry("y", "768"),
        Map.entry("empty", ""),
        Map.entry("empty_keys", Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      emptyValue = "",
      value = {
        // 3.2.1
        "{count} one,two,three",
        "{count*} one,two,three",
        "{/count} /one,two,three",
        "{/count*} /one/two/three",
        "{;count} ;count=one,two,three",
        "{;count*} ;count=one;count=two;count=three",
        "{?count} ?count=one,two,three",
        "{?count*} ?count=one&count=two&count=three",
        "{&count*} &count=one&count=two&count=three",
        // 3.2.2
        "{var} value",
        "{hello} Hello%20World%21",
        "{half} 50%25",
        "O{empty}X OX",
        "O{undef}X OX",
        "{x,y} 1024,768",
        "{x,hello,y} 1024,Hello%20World%21,768",
        "?{x,empty} ?1024,",
        "?{x,undef} ?1024",
        "?{undef,y} ?768",
        "{var:3} val",
        "{var:30} value",
        "{list} red,green,blue",
        "{list*} red,green,blue",
        "{keys} semi,%3B,dot,.,comma,%2C",
        "{keys*} semi=%3B,dot=.,comma=%2C",
        // 3.2.3
        "{+var} value",
        "{+hello} Hello%20World!",
        "{+half} 50%25",
        "{base}index http%3A%2F%2Fexample.com%2Fhome%2Findex",
        "{+base}index http://example.com/home/index",
        "O{+empty}X OX",
        "O{+undef}X OX",
        "{+path}/here /foo/bar/here",
        "here?ref={+path} here?ref=/foo/bar",
        "up{+path}{var}/here up/foo/barvalue/here",
        "{+x,hello,y} 1024,Hello%20World!,768",
        "{+path,x}/here /foo/bar,1024/here",
        "{+path:6}/here /foo/b/here",
        "{+list} red,green,blue",
        "{+list*} red,green,blue",
        "{+keys} semi,;,dot,.,comma,,",
        "{+keys*} semi=;,dot=.,comma=,",
        // 3.2.4
        "{#var} #value",
        "{#hello} #Hello%20World!",
        "{#half} #50%25",
        "foo{#empty} foo#",
        "foo{#undef} foo",
        "{#x,hello,y} #1024,Hello%20World!,768",
        "{#path,x}/here #/foo/bar,1024/here",
        "{#path:6}/here #/foo/b/here",
        "{#list} #red,green,blue",
        "{#list*} #red,green,blue",
        "{#keys} #semi,;,dot,.,comma,,",
        "{#keys*} #semi=;,dot=.,comma=,",
        // 3.2.5
        "{.who} .fred",
        "{.who,who} .fred.fred",
        "{.half,who} .50%25.fred",
        "www{.dom*} www.example.com",
        "X{.var} X.value",
        "X{.empty} X.",
        "X{.undef} X",
        "X{.var:3} X.val",
        "X{.list} X.red,green,blue",
        "X{.list*} X.red.green.blue",
        "X{.keys} X.semi,%3B,dot,.,comma,%2C",
        "X{.keys*} X.semi=%3B.dot=..comma=%2C",
        "X{.empty_keys} X",
        "X{.empty_keys*} X",
        // 3.2.6
        "{/who} /fred",
        "{/who,who} /fred/fred",
        "{/half,who} /50%25/fred",
        "{/who,dub} /fred/me%2Ftoo",
        "{/var} /value",
        "{/var,empty} /value/",
        "{/var,undef} /value",
        "{/var,x}/here /value/1024/here",
        "{/var:1,var} /v/value",
        "{/list} /red,green,blue",
        "{/list*} /red/green/blue",
        "{/list*,path:4} /red/green/blue/%2Ffoo",
        "{/keys} /semi,%3B,dot,.,comma,%2C",
        "{/keys*} /semi=%3B/dot=./comma=%2C",
        // 3.2.7
        "{;who} ;who=fred",
        "{;half} ;half=50%25",
        "{;empty} ;empty",
        "{;v,empty,who} ;v=6;empty;who=fred",
        "{;v,bar,who} ;v=6;who=fred",
        "{;x,y} ;x=1024;y=768",
        "{;x,y,empty} ;x=1024;y=768;empty",
        "{;x,y,undef} ;x=1024;y=768",
        "{;hello:5} ;hello=Hello",
        "{;list} ;list=red,green,blue",
        "{;list*} ;list=red;list=green;list=blue",
        "{;keys} ;keys=semi,%3B,dot,.,comma,%2C",
        "{;keys*} ;semi=%3B;dot=.;comma=%2C",
        // 3.2.8
        "{?who} ?who=fred",
        "{?half} ?half=50%25",
        "{?x,y} ?x=1024&y=768",
        "{?x,y,empty} ?x=1024&y=768&empty=",
        "{?x,y,undef} ?x=1024&y=768",
        "{?var:3} ?var=val",
        "{?list} ?list=red,green,blue",
        "{?list*} ?list=red&list=green&list=blue",
        "{?keys} ?keys=semi,%3B,dot,.,comma,%2C",
        "{?keys*} ?semi=%3B&dot=.&comma=%2C",
        // 3.2.9
        "{&who} &who=fred",
        "{&half} &half=50%25",
        "?fixed=yes{&x} ?fixed=yes&x=1024",
        "{&x,y,empty} &x=1024&y=768&empty=",
        "{&x,y,undef} &x=1024&y=768",
        "{&var:3} &var=val",
        "{&list} &list=red,green,blue",
        "{&list*} &list=red&list=green&list=blue",
        "{&keys} &keys=semi,%3B,dot,.,comma,%2C",
        "{&keys*} &semi=%3B&dot=.&comma=%2C",
      })
  void expandsTheExamplesOfTheRfc(String template, String expected) {
    assertThat(UriTemplate.parse(template).expand(VARIABLES::get)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "a}b",
        "{}",
        "{a",
        "{a,}",
        "{a b}",
        "{a:0}",
        "{a:10000}",
        "{a:x}",
        "{?}",
        "{=a}",
        "{a*:3}"
      })
  void refusesWhatIsNoTemplate(String source) {
    assertThatThrownBy(() -> UriTemplate.parse(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(source)
        .hasMessageContaining("at character");
  }

  @Test
  void encodesTextBeyondAsciiAsUtf8() {
    UriTemplate template = UriTemplate.parse("/{name}");
    assertThat(template.expand(name -> "Zoë €𝄞")).isEqualTo("/Zo%C3%AB%20%E2%82%AC%F0%9D%84%9E");
    assertThat(template.expand(name -> "a\ud834")).isEqualTo("/a%EF%BF%BD");
  }

  @Test
  void aPrefixCountsCharactersAndNotHalves() {
    assertThat(UriTemplate.parse("{v:2}").expand(name -> "𝄞𝄞𝄞"))
        .isEqualTo("%F0%9D%84%9E%F0%9D%84%9E");
  }

  @Test
  void namesWhatItCannotExpand() {
    assertThatThrownBy(() -> UriTemplate.parse("/{id}").expand(name -> 7))
        .hasMessage(
            "variable id: a java.lang.Integer (expected: a CharSequence, a List or a Map of them, or null)");
  }

  @Property
  void aValueNeverLeavesItsSegment(@ForAll String value) {
    String expanded = UriTemplate.parse("/products/{id}").expand(name -> value);
    assertThat(expanded.substring("/products/".length()))
        .matches("([A-Za-z0-9._~-]|%[0-9A-F]{2})*");
  }

  @Property
  void aValueNeverBecomesAnotherParameter(@ForAll String value) {
    String expanded = UriTemplate.parse("/reviews{?product,page}")
        .expand(name -> name.equals("product") ? value : "1");
    assertThat(expanded).startsWith("/reviews?product=").endsWith("&page=1");
    assertThat(expanded.substring(1)).doesNotContain("/").doesNotContain("#");
    assertThat(expanded.chars().filter(c -> c == '&')).hasSize(1);
  }

  @Property
  void templatesWithoutExpressionsStayAsTheyAre(@ForAll String text) {
    String source = text.replaceAll("[^A-Za-z0-9/._~-]", "");
    assertThat(UriTemplate.parse(source).expand(name -> null)).isEqualTo(source);
  }
}
