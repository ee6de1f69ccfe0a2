package dev.gatehouse.runtime.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.runtime.discovery.Endpoint.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http://catalog, http://catalog:80",
    "http://catalog:8080/, http://catalog:8080",
    "https://catalog/v2/, https://catalog:443/v2",
    "H2C://10.0.0.1:9/a%20b, h2c://10.0.0.1:9/a%20b",
    "http://[::1]:81/x, http://[::1]:81/x"
  })
  void aUrlIsReadIntoItsCanonicalForm(String url, String canonical) {
    assertThat(Endpoint.parse(url)).hasToString(canonical).isEqualTo(Endpoint.parse(canonical));
  }

  @Test
  void anIpv6AddressIsKeptWithoutBrackets() {
    assertThat(Endpoint.parse("http://[::1]:81"))
        .isEqualTo(new Endpoint(Scheme.HTTP, "::1", 81, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "catalog:8080 | scheme catalog",
        "ftp://catalog | scheme ftp",
        "http:///things | no host",
        "http://user:secret@catalog | user, query or fragment is not allowed",
        "http://catalog?x=1 | user, query or fragment is not allowed",
        "http://catalog:70000 | port 70000 (expected: 1 to 65535)",
        "http://cata log | not a URL"
      })
  void whatIsNoEndpointIsRefusedWithTheReason(String url, String reason) {
    assertThatThrownBy(() -> Endpoint.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("(expected: ");
  }
}
