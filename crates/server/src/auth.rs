//! Who asks, and whether they may: every request passes the gate before a handler sees it.
//!
//! [`rules`] is the one table of routes, [`permission`] the one table of roles; a route without a rule
//! is refused, so a new one cannot be forgotten. A handler takes [`CurrentUser`] to know who asks, and
//! [`Trail`] to name what else of the case was shown.

mod account;
mod api;
mod door;
mod form;
mod gate;
mod login;
mod password;
mod permission;
mod quota;
mod rules;
mod throttle;
mod totp;
mod user;
mod way_back;

pub(crate) use account::routes as account_routes;
pub(crate) use api::described;
pub(crate) use door::{Alone, DeskDoor, Door};
pub(crate) use gate::{Gate, pass};
pub(crate) use permission::Permission;
pub(crate) use user::{CurrentUser, Trail};

#[cfg(test)]
mod tests;
