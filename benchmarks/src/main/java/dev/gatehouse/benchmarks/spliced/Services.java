package dev.gatehouse.benchmarks.spliced;

/** The shop's services, as one event loop sees them. */
record Services(
    Upstream products,
    Upstream prices,
    Upstream stock,
    Upstream reviews,
    Upstream users,
    Upstream recommendations) {}
