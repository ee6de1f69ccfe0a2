package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;

/** A door whose last root field is a subscription. Immutable. */
public sealed interface GraphqlSubscription extends GraphqlField permits GraphqlFields {

  /** Who may subscribe. It is asked once, before the source is subscribed to. */
  @Override
  GraphqlSubscription allow(Access access);

  /** What becomes of events that a reader is too slow for. */
  GraphqlSubscription whenSlow(WhenSlow policy);
}
