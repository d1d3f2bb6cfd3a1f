//! Clusters, list matches and claims to leads, in the order of the rules.
