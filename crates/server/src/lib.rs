//! HTTP over a case, over the cases of a desk, or over lists alone: plain pages, one origin, loopback
//! by default. [`auth`] lets people in, and nothing past it asks who they are.
//!
//! It sees `case` and `model` and nothing below. It never calls out; pages load nothing but
//! themselves and the page images of the case.

mod api;
mod app;
mod auth;
mod depth;
mod error;
mod fault;
mod language;
mod limits;
pub mod page;
mod protect;
mod reconcile;
mod refusal;
mod room;
mod search;
mod serve;
mod tls;
mod web;
mod work;
mod yente;

pub use error::ServeError;
pub use serve::{Listening, Ready, Subject, serve};
pub use yente::{Reload, ServedLists};
