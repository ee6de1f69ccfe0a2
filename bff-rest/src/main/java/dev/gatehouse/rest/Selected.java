package dev.gatehouse.rest;

import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.runtime.plan.Plan;
import java.util.List;

/**
 * What a request selects, planned. Immutable.
 *
 * @param arguments what the selected fields take, by slot
 */
record Selected(Plan plan, List<ArgumentSlot> arguments) {}
