package dev.gatehouse.dsl.finding;

import java.util.Locale;

/** The stable code of each kind of {@link Finding}. A code is never given to another kind. */
public enum Code {
  COMPONENT_UNBOUND(101, "A component of an object is bound to nothing."),
  COMPONENT_BOUND_TWICE(102, "A component of an object is bound twice."),
  TYPE_MISMATCH(103, "A value is of another type than the one expected."),
  MAY_BE_ABSENT(104, "A value that may be absent stands where one is promised."),
  NOT_A_COMPONENT(105, "What should name a record component is something else."),
  OUT_OF_SCOPE(
      106, "A value is used outside the each, when, oneOf or orElseGet that it belongs to."),
  OTHER_COMPOSITE(107, "A value of one composite is used in another."),
  NOT_BEING_DEFINED(108, "A verb is used while no composite is being defined."),
  DEFINITION_THREW(109, "The code that defines a composite threw an exception."),
  NULL_VALUE(110, "null stands where a value is expected."),
  LIST_UNBOUNDED(111, "A list without a bound is gone through with each."),
  CALL_PER_ITEM(112, "An operation without a batch form is called once per item of a list."),
  BATCH_KEY(113, "The key of a batch does not fit the operation's input."),
  VARIABLE_UNBOUND(114, "A URI or header variable has nothing to take its value from."),
  INPUT_UNUSED(115, "A component of an operation's input is not sent anywhere."),
  URI_TEMPLATE(116, "A URI or header template is malformed."),
  UNSUPPORTED_TYPE(117, "A Java type has no contract."),
  OPTIONAL_COMPONENT(118, "A component is an Optional instead of being marked @Nullable."),
  DUPLICATE_JSON_NAME(119, "Two components have one JSON name."),
  REQUIRES_ITSELF(120, "A record always contains itself."),
  CASE_MISSING(121, "A case of a union is not dealt with."),
  CASE_FOREIGN(122, "A case does not belong to the union."),
  CASE_TWICE(123, "A case of a union is dealt with twice."),
  WITHIN_NO_CALL(124, "A time limit is set on something that is no call."),
  BEYOND_DEADLINE(125, "A time limit is longer than the deadline around it."),
  UNSAFE_NOT_ONCE(126, "An operation that changes something is called inside a scope."),
  UNSAFE_BATCH(127, "An operation that changes something has a batch form."),
  COMPENSATION(128, "A compensation cannot undo its operation."),
  IDEMPOTENCY_KEY(129, "An idempotency key is sent with a safe operation."),
  ARGUMENT(130, "A field argument contradicts itself."),
  BAD_NAME(131, "A name cannot be used."),
  OUT_OF_RANGE(132, "A number or duration is out of its range."),
  CALLS_ITSELF(133, "A composite calls itself."),
  DOOR_WITHOUT_RULE(140, "A door has an opening without an access rule."),
  COMMAND_OPENED_FOR_READING(141, "A command is opened where only reading is allowed."),
  NAME_TWICE(142, "Two openings or two composites have one name."),
  OPENING_MISFIT(143, "An opening does not fit its composite."),
  ROUTE_PATH(201, "The path of a REST route is malformed."),
  ROUTE_PARAMETER_UNKNOWN(202, "A REST route names a component that the input does not have."),
  ROUTE_PARAMETER_MISFIT(
      203, "A component cannot be carried by the part of a request that should bring it."),
  ROUTE_PARAMETER_TWICE(204, "Two parts of a request would bring one component."),
  ROUTE_DEFAULT(205, "The default of a REST route is no value of its component."),
  ROUTE_CLASH(206, "Two routes of a REST door match the same requests."),
  ROUTE_SELECTION(207, "The default selection of a REST route does not fit its answer."),
  ROUTE_STATUS(208, "The success status of a REST route does not fit its answer."),
  ROUTE_RULE_TWICE(209, "A REST route has two access rules."),
  ROUTE_MISSING(210, "A REST door opens nothing."),
  GRAPHQL_NAME(301, "A name cannot be used in GraphQL."),
  GRAPHQL_TYPE_CLASH(302, "Two types have one name in a GraphQL schema."),
  GRAPHQL_TYPE_EMPTY(303, "A type has no fields in a GraphQL schema."),
  GRAPHQL_ARGUMENT(304, "What is said of a GraphQL argument does not fit the composite's input."),
  GRAPHQL_DEFAULT(305, "The default of a GraphQL argument is no value of its type."),
  GRAPHQL_ARGUMENT_CLASH(
      306, "Two composites take different arguments for a field of one GraphQL type."),
  GRAPHQL_CONTRACT(307, "A GraphQL schema is not that of its contract."),
  GRAPHQL_RULE_TWICE(308, "A GraphQL field has two access rules."),
  GRAPHQL_MISSING(309, "A GraphQL door has no query."),
  GRAPHQL_MUTATION(310, "A GraphQL mutation changes nothing."),
  GRAPHQL_PATH(311, "The path of a GraphQL door is malformed."),
  GRAPHQL_TYPE_UNKNOWN(320, "A GraphQL door names a type that its schema does not have."),
  GRAPHQL_ENTITY(330, "An entity of a subgraph cannot be found by its key."),
  GRAPHQL_SUBGRAPH(331, "What is said of a subgraph does not fit its schema.");

  private final int number;
  private final String summary;

  Code(int number, String summary) {
    this.number = number;
    this.summary = summary;
  }

  /** Such as {@code GH-101}. */
  public String id() {
    return String.format(Locale.ROOT, "GH-%03d", number);
  }

  /** One sentence. */
  public String summary() {
    return summary;
  }

  /** The page that explains it, from the project's root: {@code docs/errors/GH-101.md}. */
  public String page() {
    return "docs/errors/" + id() + ".md";
  }
}
