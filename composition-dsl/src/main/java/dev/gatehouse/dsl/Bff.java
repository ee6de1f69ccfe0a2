package dev.gatehouse.dsl;

import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.DoorFinding.NameTwice;
import dev.gatehouse.dsl.finding.DoorFinding.WithoutRule;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A backend for one frontend: a named set of doors. Immutable. */
public final class Bff {
  private final String name;
  private final List<Door> doors;
  private final Place place;

  private Bff(String name, List<Door> doors, Place place) {
    this.name = name;
    this.doors = List.copyOf(doors);
    this.place = place;
  }

  /**
   * A BFF without doors yet.
   *
   * @param name lower case letters, digits and hyphens, such as {@code storefront-web}
   */
  public static Bff named(String name) {
    return new Bff(Objects.requireNonNull(name, "name"), List.of(), Places.here());
  }

  /** The same with one more door. */
  public Bff open(Door door) {
    List<Door> more = new ArrayList<>(doors);
    more.add(Objects.requireNonNull(door, "door"));
    return new Bff(name, more, place);
  }

  public String name() {
    return name;
  }

  /** In the order they were opened. */
  public List<Door> doors() {
    return doors;
  }

  /** Where it was written. */
  public Place place() {
    return place;
  }

  /** Everything that is wrong: with its doors, and with every composite they open. Empty where it can run. */
  public List<Finding> findings() {
    Set<Finding> findings = new LinkedHashSet<>();
    Names.BFF.check("BFF", name, place).ifPresent(findings::add);
    Map<String, Composite<?, ?>> composites = new HashMap<>();
    for (Door door : doors) {
      Map<String, Opening> openings = new HashMap<>();
      for (Opening opening : door.openings()) {
        if (opening.access() == null) {
          findings.add(new WithoutRule(opening.place(), name, door.kind(), opening.label()));
        }
        Opening twin = openings.putIfAbsent(opening.label(), opening);
        if (twin != null) {
          findings.add(new NameTwice(
              opening.place(), name, door.kind() + " opening", opening.label(), twin.place()));
        }
        Composite<?, ?> composite = opening.composite();
        Composite<?, ?> namesake = composites.putIfAbsent(composite.name(), composite);
        if (namesake != null && namesake != composite) {
          findings.add(new NameTwice(
              composite.place(), name, "composite", composite.name(), namesake.place()));
        }
        findings.addAll(composite.findings());
        if (opening.source() != null) {
          findings.addAll(opening.source().findings());
        }
      }
      findings.addAll(door.findings());
    }
    return List.copyOf(findings);
  }

  /**
   * Makes sure that it can run.
   *
   * @throws DefinitionException with all {@link #findings()}, where there are any
   */
  public void check() {
    List<Finding> findings = findings();
    if (!findings.isEmpty()) {
      throw new DefinitionException("BFF " + name, findings);
    }
  }

  @Override
  public String toString() {
    return "BFF " + name;
  }
}
