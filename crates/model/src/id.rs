//! Newtypes for ids, so that two bare strings never stand side by side.
//!
//! All are cheap to clone: a reference count over one immutable string.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! string_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Wraps the text as it is.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Arc::from(text))
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

string_id!(
    /// An entity before resolution: one form, one register row, one list entry, one mention.
    EntityId
);
string_id!(
    /// One person after resolution; changes when clusters change, so it is never a key of a
    /// decision.
    CanonicalId
);
string_id!(
    /// A document by content: the SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    DocumentId
);
string_id!(
    /// A dataset's short name: a stick or a list.
    DatasetName
);
string_id!(
    /// A lead; derived from its smallest member entity id, so it survives reruns.
    LeadId
);
