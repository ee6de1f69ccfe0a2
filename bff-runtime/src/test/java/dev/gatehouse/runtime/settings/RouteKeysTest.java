package dev.gatehouse.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.policy.RoutePolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteKeysTest {
  private static final String ALL = """
      [{"name": "canary",
        "match": {"operation": ["GET /prices"], "path": {"prefix": "/p"}, "headers": {"x-a": {"exact": "1"}, "x-b": {"present": true}},
                  "cookies": {"c": {"regex": "[a-z]+"}}, "subject": {"exact": "kim"},
                  "claims": {"realm.roles": "staff", "https://shop.example/tier": {"present": true}}},
        "split": [{"weight": 95}, {"weight": 5, "service": "next", "subset": {"version": "v2"}, "host": "h:80",
                   "path": {"from": "/a", "to": "/b"}}],
        "sticky": {"cookie": "session"},
        "mirror": {"service": "next", "percent": 12.5, "unsafe": true, "timeout": "300ms", "concurrency": 3},
        "failover": [{"on": ["server-error", "timed-out"], "service": "next"}]},
       {"name": "1", "split": [{"weight": 1}]}]""";

  private static JsonObject config(JsonArray routes) {
    return new JsonObject()
        .put(
            "services",
            new JsonObject()
                .put(
                    "pricing",
                    new JsonObject().put("endpoints", "http://pricing").put("routes", routes))
                .put("next", new JsonObject().put("endpoints", "http://next")));
  }

  private static RoutePolicy read(String routes) {
    return SettingsLoader.ofDeployment(config(new JsonArray(routes)), "web")
        .services()
        .get("pricing")
        .policy()
        .route();
  }

  private static List<String> problems(String routes) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(routes))
        .problems();
  }

  @Test
  void rulesAreReadAndWrittenAlike() {
    JsonArray written = RoutesJson.write(read(ALL));
    assertThat(read(written.encode())).isEqualTo(read(ALL));
    JsonArray again = RoutesJson.write(read(written.encode()));
    assertThat(again).isEqualTo(written);
    assertThat(written.getJsonObject(0).getJsonObject("mirror").getString("timeout"))
        .isEqualTo("300ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{},{'split':[{'weight':-3}]}] | [1].split[0].weight: -3 (expected: 0 to 1000000)",
        "[{'split':[{'weight':0}]}] | [0].split: 0 in all (expected: at least one weight above 0)",
        "[{'split':[]}] | [0].split: [] (expected: a list of 1 to 20 sides)",
        "[{'splits':[]}] | [0].splits: unknown key (expected: one of name, match, split, sticky, mirror, failover)",
        "[{'split':[{'service':'nxt'}]}] | : rule 0 leads to nxt, which is not configured (expected: one of next, pricing; or add services.nxt.endpoints)",
        "[{'failover':[{'service':'pricing'}]}] | [0].failover[0]: {\"service\":\"pricing\"} (expected: another service than pricing, or a subset: this is a loop)",
        "[{'failover':[{'service':'next','on':'sometimes'}]}] | [0].failover[0].on: sometimes (expected: one of refused, unreachable, timed-out, server-error)",
        "[{'mirror':{'service':'next','percent':101}}] | [0].mirror.percent: 101 (expected: a number above 0 and up to 100)",
        "[{'mirror':{'service':'next','timeout':'1d'}}] | [0].mirror.timeout: 1d (expected: 1ms to 1m, such as 80ms, 3s or 2m)",
        "[{'match':{'headers':{'x a':'1'}}}] | [0].match.headers.x a: x a (expected: the name of a header or cookie)",
        "[{'match':{'claims':{'a b':'1'}}}] | [0].match.claims.a b: a b (expected: the name of a claim, such as tier or realm.roles)",
        "[{'match':{'path':{'like':'/x'}}}] | [0].match.path: {\"like\":\"/x\"} (expected: a text, {\"exact\": …}, {\"prefix\": …}, {\"regex\": …} or {\"present\": true})",
        "[{'match':{'path':{'regex':'('}}}] | [0].match.path.regex: ( (expected: a regular expression; Unclosed group)",
        "[{'name':'a'},{'name':'a'}] | [1].name: a (expected: a name that no other rule has)",
        "[{'sticky':'cookie'}] | [0].sticky: cookie (expected: \"caller\", {\"header\": NAME} or {\"cookie\": NAME})",
        "[1] | [0]: 1 (expected: a rule, such as {\"split\": [{\"weight\": 1}]})"
      })
  void whatIsWrongIsNamed(String routes, String expected) {
    assertThat(problems(routes.replace('\'', '"')))
        .singleElement()
        .asString()
        .endsWith("services.pricing.routes" + expected.strip());
  }
}
