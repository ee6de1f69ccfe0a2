package dev.gatehouse.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.storefront.services.DemoService;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The manifests for Kubernetes, Istio and Linkerd fit each other and the configuration they carry. */
class DeploymentFilesTest {
  private static final Path DEPLOY = Path.of("deploy");

  private static final Map<String, List<Map<String, Object>>> FILES = new LinkedHashMap<>();
  private static Map<String, Object> configuration;
  private static String configurationText;

  @BeforeAll
  static void read() throws IOException {
    try (Stream<Path> files = Files.walk(DEPLOY)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (Object document : new Yaml().loadAll(Files.readString(file))) {
          documents.add(map(document));
        }
        FILES.put(DEPLOY.relativize(file).toString(), documents);
      }
    }
    configurationText = String.valueOf(
        map(one("storefront.yaml", "ConfigMap", "storefront").get("data")).get("gatehouse.yaml"));
    configuration = map(new Yaml().load(configurationText));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Map<String, Object> map(Map<String, Object> in, String... path) {
    Map<String, Object> at = in;
    for (String key : path) {
      at = map(at.get(key));
    }
    return at;
  }

  private static String name(Map<String, Object> object) {
    return String.valueOf(map(object, "metadata").get("name"));
  }

  private static Stream<Map<String, Object>> all(String file, String kind) {
    return FILES.get(file).stream().filter(object -> object.get("kind").equals(kind));
  }

  private static Map<String, Object> one(String file, String kind, String name) {
    return all(file, kind)
        .filter(object -> name(object).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(String file, String kind) {
    return all(file, kind)
        .map(DeploymentFilesTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> services() {
    return Stream.of(DemoService.values())
        .map(DemoService::label)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyServiceIsDeployedAndCalledByItsNameAndPort() {
    assertThat(names("services.yaml", "Service")).isEqualTo(services());
    assertThat(names("services.yaml", "Deployment")).isEqualTo(services());
    assertThat(names("services.yaml", "ServiceAccount")).isEqualTo(services());
    Map<String, Object> configured = map(configuration, "services");
    assertThat(new TreeSet<>(configured.keySet())).isEqualTo(services());
    for (String service : services()) {
      Object port = map(((List<?>)
                  map(one("services.yaml", "Service", service), "spec").get("ports"))
              .get(0))
          .get("port");
      assertThat(map(configured, service).get("endpoints"))
          .isEqualTo("http://" + service + ":" + port);
    }
  }

  @Test
  void theBffsListenWhereTheirServiceSays() {
    Set<Object> ports = ((List<?>)
            map(one("storefront.yaml", "Service", "storefront"), "spec").get("ports"))
        .stream().map(port -> map(port).get("port")).collect(Collectors.toSet());
    assertThat(ports)
        .containsExactlyInAnyOrder(
            map(configuration, "bffs", "storefront-web", "listener").get("port"),
            map(configuration, "bffs", "storefront-mobile", "listener").get("port"));
    assertThat(map(configuration, "mesh").get("shape")).isEqualTo("sidecar");
  }

  @Test
  void theConfigurationIsSound(@TempDir Path files) throws Exception {
    Path file = Files.writeString(files.resolve("gatehouse.yaml"), configurationText);
    Path output = files.resolve("output");
    Process check = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Storefront.class.getName(),
            "--config",
            file.toString(),
            "--check")
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(output.toFile()))
        .start();
    assertThat(check.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(check.exitValue())
        .as(Files.readString(output, StandardCharsets.UTF_8))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"istio", "linkerd"})
  void eachMeshLetsTheBffsIntoEveryServiceAndNobodyElseAnywhere(String mesh) {
    String access = mesh + "/access.yaml";
    Set<String> allowed = names(access, "AuthorizationPolicy").stream()
        .filter(name -> name.startsWith("storefront-to-"))
        .map(name -> name.substring("storefront-to-".length()))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(allowed).isEqualTo(services());
    for (String service : services()) {
      String policy =
          String.valueOf(one(access, "AuthorizationPolicy", "storefront-to-" + service));
      assertThat(policy)
          .contains(mesh.equals("istio") ? "ns/storefront/sa/storefront" : "name=storefront");
      assertThat(policy).contains(mesh.equals("istio") ? "app=" + service : "name=" + service);
    }
    if (mesh.equals("istio")) {
      assertThat(map(one(access, "AuthorizationPolicy", "nothing"), "spec")).isEmpty();
    } else {
      assertThat(String.valueOf(FILES.get("linkerd/namespace.yaml")))
          .contains("default-inbound-policy=deny");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"istio", "linkerd"})
  void routesLeadToServicesThatExistByHeadersThatAreCarriedOn(String mesh) {
    Set<String> known = new TreeSet<>(services());
    known.add("storefront");
    known.addAll(names(mesh + "/routing.yaml", "Service"));
    String text = String.valueOf(FILES.get(mesh + "/routing.yaml"));
    String key = mesh.equals("istio")
        ? "destination=\\{host=([a-z0-9-]+)"
        : "backendRefs=\\[\\{name=([a-z0-9-]+)";
    java.util.regex.Matcher target = java.util.regex.Pattern.compile(key).matcher(text);
    int found = 0;
    while (target.find()) {
      assertThat(known).contains(target.group(1));
      found++;
    }
    assertThat(found).isGreaterThan(2);
    assertThat(text).contains("x-canary");
    assertThat(map(configuration, "mesh").get("propagate")).isEqualTo(List.of("x-canary"));
  }

  /** What is read for as long as its reader likes. */
  private static final String EVENTS = "/prices/p-1/changes";

  @Test
  void istioTriesAgainOnlyWhatIsReadAndNeverEndsAStream() {
    List<Map<String, Object>> services =
        all("istio/routing.yaml", "VirtualService").toList();
    assertThat(services)
        .extracting(DeploymentFilesTest::name)
        .contains("pricing", "carts", "storefront-web", "storefront-mobile");
    for (Map<String, Object> service : services) {
      for (Object each : (List<?>) map(service, "spec").get("http")) {
        Map<String, Object> route = map(each);
        String place = name(service) + " " + route.get("name");
        assertThat(route)
            .as(place + ": without it Istio tries anything again")
            .containsKey("retries");
        if ((int) map(route, "retries").get("attempts") > 0) {
          assertThat(matches(route))
              .as(place)
              .isNotEmpty()
              .allSatisfy(match -> assertThat(map(match, "method").get("exact")).isEqualTo("GET"));
        }
      }
    }
    Map<String, Object> events = ((List<?>)
            map(one("istio/routing.yaml", "VirtualService", "pricing"), "spec").get("http"))
        .stream()
            .map(DeploymentFilesTest::map)
            .filter(route -> matches(route).isEmpty()
                || matches(route).stream()
                    .anyMatch(match -> !match.containsKey("headers")
                        && (!match.containsKey("uri")
                            || EVENTS.matches(String.valueOf(map(match, "uri").get("regex"))))))
            .findFirst()
            .orElseThrow();
    assertThat(events).containsEntry("timeout", "0s");
    assertThat(map(events, "retries")).containsEntry("attempts", 0);
  }

  private static List<Map<String, Object>> matches(Map<String, Object> route) {
    return route.get("match") instanceof List<?> list
        ? list.stream().map(DeploymentFilesTest::map).toList()
        : List.of();
  }

  @Test
  void linkerdTriesAgainOnlyWhatIsReadAndNeverEndsAStream() {
    boolean streams = false;
    for (Map<String, Object> route : all("linkerd/routing.yaml", "HTTPRoute").toList()) {
      boolean bounded = String.valueOf(map(route, "metadata").get("annotations"))
          .matches(".*(retry|timeout)\\.linkerd\\.io.*");
      for (Object each : (List<?>) map(route, "spec").get("rules")) {
        for (Object one : (List<?>) map(each).get("matches")) {
          Map<String, Object> match = map(one);
          if (bounded) {
            assertThat(match).as(name(route)).containsEntry("method", "GET");
          }
          if (match.containsKey("path")
              && EVENTS.matches(String.valueOf(map(match, "path").get("value")))) {
            streams = true;
            assertThat(bounded).as(name(route)).isFalse();
          }
        }
      }
    }
    assertThat(streams).isTrue();
  }

  @Test
  void allIsInOneNamespaceThatEachMeshMakes() {
    FILES.forEach((file, documents) -> documents.forEach(object -> {
      Map<String, Object> metadata = map(object, "metadata");
      assertThat(
              object.get("kind").equals("Namespace")
                  ? metadata.get("name")
                  : metadata.get("namespace"))
          .as("%s in %s", metadata.get("name"), file)
          .isEqualTo("storefront");
    }));
    assertThat(FILES.keySet()).contains("istio/namespace.yaml", "linkerd/namespace.yaml");
  }
}
