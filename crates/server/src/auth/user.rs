//! What a handler learns of who asks, and what it may add to the audit log.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use model::Role;

use crate::auth::Permission;
use crate::error::PageError;

/// Who asks, in the case that the request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CurrentUser {
    /// Name of the account, or of the analyst who works alone. The journal carries it.
    pub(crate) name: String,
    /// The role in the case of the path; where the path names no case, `Admin` or the lowest.
    pub(crate) role: Role,
    /// True for the analyst who works alone on this machine: paths on it are theirs to name.
    pub(crate) is_alone: bool,
    /// True if the request came with a token that reads only.
    pub(crate) reads_only: bool,
    /// On routes of no case: the cases that they are in; all where `None`.
    pub(crate) cases: Option<Vec<String>>,
}

impl CurrentUser {
    /// Whether this user may do something that the rule of the route does not say already, such as
    /// seeing what is restricted.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        permission.is_of(self.role) && !(self.reads_only && permission.writes())
    }

    /// Whether they learn that there is a case of this name.
    pub(crate) fn is_in(&self, case: &str) -> bool {
        self.cases.as_ref().is_none_or(|cases| cases.iter().any(|known| known == case))
    }

    /// As the journal names them.
    pub(crate) fn actor(&self) -> case::Actor {
        case::Actor {
            user: self.name.clone(),
            settles: self.may(Permission::Settle),
            reviews: self.may(Permission::Review),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CurrentUser {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        // The gate puts it there; without a gate in front nobody is signed in.
        parts
            .extensions
            .get::<CurrentUser>()
            .cloned()
            .ok_or_else(|| PageError::SignIn.into_response())
    }
}

/// What the audit log is to say of a request beyond its path: ids, never values of the case.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trail {
    seen: Arc<Mutex<Vec<String>>>,
}

/// Ids of one request that the log names; of more it names these and the number. Chosen by hand: a
/// page of a queue has fewer.
pub(crate) const SUBJECTS_MAX: usize = 200;

impl Trail {
    /// Notes that something was shown or changed, for example `leads/…` or `journal/17`.
    pub(crate) fn note(&self, id: impl Into<String>) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() < SUBJECTS_MAX {
            seen.push(id.into());
        }
    }

    /// What was noted.
    pub(crate) fn noted(&self) -> Vec<String> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Trail {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Trail>().cloned().unwrap_or_default())
    }
}
