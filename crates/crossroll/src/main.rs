//! The binary `crossroll`.

fn main() {}
