package dev.gatehouse.dsl;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.CallNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a composite's code left behind.
 *
 * @param input the type of its input; null where it takes none
 * @param result what it answers; null where its code did not come to an end
 * @param effects the calls that change something, in the order written
 * @param limits the time limits written in it
 * @param findings what is wrong
 */
record Draft(
    @Nullable DataType input,
    @Nullable Node result,
    List<CallNode> effects,
    List<Definition.Limit> limits,
    List<Finding> findings) {}
