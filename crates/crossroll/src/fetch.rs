//! Downloads official list files: the one place of this program that calls out, and only when asked
//! by name. No crate below has a network client.
//!
//! Invariants: the file appears whole under its name or not at all; nothing is sent but a request for
//! it; HTTPS only, loopback apart.

mod address;
mod config;
mod download;
mod part;

pub(crate) use config::{Config, Source};
pub(crate) use download::{Download, Fetched, download};
