//! One module a command: takes its arguments, calls `case` or a step, writes the answer.

pub(crate) mod add;
pub(crate) mod demo;
pub(crate) mod documents;
pub(crate) mod eval;
pub(crate) mod leads;
pub(crate) mod link;
pub(crate) mod lists;
pub(crate) mod names;
pub(crate) mod new;
pub(crate) mod read;
pub(crate) mod run;
pub(crate) mod screen;
pub(crate) mod serve;
