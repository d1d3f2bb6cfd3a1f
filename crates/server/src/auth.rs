//! Who asks. One analyst on this machine, as long as there are no accounts.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// Something that may be allowed or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Exports with sensitive fields.
    ExportSensitive,
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CurrentUser {
    /// Name of the account, or of the analyst who works alone. The journal carries it.
    pub(crate) name: String,
    /// True for the analyst who works alone on this machine: paths on it are theirs to name.
    pub(crate) is_alone: bool,
}

impl CurrentUser {
    /// Whether this user may do something.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        match permission {
            Permission::ExportSensitive => self.is_alone,
        }
    }

    /// As the journal names them.
    pub(crate) fn actor(&self) -> case::Actor {
        case::Actor { user: self.name.clone() }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CurrentUser {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { name: "analyst".to_owned(), is_alone: true })
    }
}
