package dev.gatehouse.usage.doors;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.contract.DataType.RecordType;
import dev.gatehouse.dsl.finding.DoorFinding.CommandForReading;
import dev.gatehouse.dsl.finding.DoorFinding.OpeningMisfit;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.dsl.uri.UriTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands for the REST door, which this module does not know: as much of its language as the documentation needs. */
public record Rest(List<Opening> openings) implements Door {

  public static Rest rest() {
    return new Rest(List.of());
  }

  public Rest get(String path, Composite<?, ?> composite) {
    return open("GET " + path, composite, null);
  }

  public Rest delete(String path, Composite<?, ?> composite) {
    return open("DELETE " + path, composite, null);
  }

  public Rest allow(Access access) {
    Opening last = openings.get(openings.size() - 1);
    List<Opening> all = new ArrayList<>(openings.subList(0, openings.size() - 1));
    all.add(new Opening(last.label(), last.composite(), access, last.place()));
    return new Rest(List.copyOf(all));
  }

  private Rest open(String label, Composite<?, ?> composite, @Nullable Access access) {
    List<Opening> all = new ArrayList<>(openings);
    all.add(new Opening(
        label, composite, access, Place.outside("dev.gatehouse.dsl", Rest.class.getPackageName())));
    return new Rest(List.copyOf(all));
  }

  @Override
  public String kind() {
    return "REST";
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Opening opening : openings) {
      if (opening.label().startsWith("GET ") && opening.composite().isCommand()) {
        findings.add(new CommandForReading(
            opening.place(),
            kind(),
            opening.label(),
            opening.composite().name(),
            opening.composite().effects().get(0).operation().name(),
            "POST, PUT, PATCH or DELETE"));
      }
      if (opening.composite().findings().isEmpty()) {
        Graph graph = opening.composite().graph();
        for (String variable : UriTemplate.parse(opening.label()).variableNames()) {
          if (graph.input() instanceof RecordType record && record.field(variable) == null) {
            findings.add(new OpeningMisfit(
                opening.place(),
                kind(),
                opening.label(),
                "the path variable {" + variable + "} is no component of the input "
                    + record.name(),
                "one of its components"));
          }
        }
      }
    }
    return findings;
  }
}
