//! Entities to scored pairs and clusters, with explanations.
