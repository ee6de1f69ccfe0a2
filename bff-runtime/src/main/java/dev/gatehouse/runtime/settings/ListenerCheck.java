package dev.gatehouse.runtime.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds listeners that would get into each other's way: two servers of one process on one address would share its requests. */
record ListenerCheck(GatehouseSettings settings) {

  List<String> problems() {
    Map<Integer, Map<String, String>> hostsByPort = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    new TreeMap<>(settings.bffs())
        .forEach((name, bff) -> check(
            "bffs." + name + ".listener.port",
            bff.listener().host(),
            bff.listener().port(),
            hostsByPort,
            problems));
    if (settings.management().enabled()) {
      check(
          "management.port",
          settings.management().host(),
          settings.management().port(),
          hostsByPort,
          problems);
    }
    return problems;
  }

  private static void check(
      String key,
      String host,
      int port,
      Map<Integer, Map<String, String>> hostsByPort,
      List<String> problems) {
    if (port == 0) {
      return;
    }
    Map<String, String> keysByHost =
        hostsByPort.computeIfAbsent(port, any -> new LinkedHashMap<>());
    keysByHost.forEach((otherHost, otherKey) -> {
      if (host.equals(otherHost) || isEverything(host) || isEverything(otherHost)) {
        problems.add(key + ": " + port + " is taken by " + otherKey
            + " (expected: a port of its own, or 0 for any)");
      }
    });
    keysByHost.putIfAbsent(host, key);
  }

  private static boolean isEverything(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }
}
