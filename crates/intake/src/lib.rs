//! Files to documents: walk, unpack, hash, sniff, read text and layout, render pages.
//!
//! Untrusted bytes come in, nouns of `model` go out. Bad input is never an error here: every file
//! and member ends in a state with a reason, and what went wrong stands in a [`model::Problem`].
//! This crate knows nothing of forms; it stores nothing and fetches nothing.
//!
//! The way of one file: [`walk::walk`] finds it, [`unpack::unpack`] hashes it and opens
//! containers, [`sniff::sniff`] tells what it is by content, [`read::read`] gives its layout.

mod archive;
mod delimited;
mod doc;
mod exif;
#[cfg(test)]
mod fixtures;
mod flow;
mod html;
mod image;
mod isolate;
pub mod limits;
mod mail;
mod msg;
mod ocr;
mod odf;
mod ole;
mod ooxml;
mod page;
mod pdf;
mod pictures;
pub mod read;
pub mod render;
mod rtf;
mod sheet;
pub mod sniff;
mod text;
pub mod unpack;
pub mod walk;

#[cfg(target_os = "linux")]
pub use isolate::{ARGUMENT, work};
pub use isolate::{Content, Readers, ReadersError};
pub use limits::Limits;
pub use read::{DocumentRead, ReadOptions, read};
pub use sniff::{MediaType, sniff, sniff_named};
pub use unpack::{Unpacked, unpack};
pub use walk::{Found, Walk, walk};
