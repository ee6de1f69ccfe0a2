package dev.gatehouse.graphql;

import dev.gatehouse.testing.ErrorPages;

/** What the pages of the codes of GraphQL show is true. */
class GraphqlErrorPagesTest extends ErrorPages {
  GraphqlErrorPagesTest() {
    super("GRAPHQL_", """
        import static dev.gatehouse.dsl.Access.*;
        import static dev.gatehouse.dsl.Verbs.*;
        import static dev.gatehouse.graphql.GraphqlDoor.graphql;
        import static dev.gatehouse.graphql.Subgraph.subgraph;
        import dev.gatehouse.dsl.*;
        import dev.gatehouse.dsl.contract.Nothing;
        import com.fasterxml.jackson.annotation.JsonProperty;
        import java.math.BigDecimal;
        import java.util.*;
        """);
  }
}
