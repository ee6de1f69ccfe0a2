package dev.gatehouse.dsl;

import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import java.util.List;

/**
 * A call of a composite inside another one.
 *
 * @param composite what was called
 * @param input with what
 * @param effects the calls in it that change something
 */
record Inlining(Composite<?, ?> composite, Node input, List<CallNode> effects) {}
