//! Forms of signed-in people: taken with the word of the session only.

use axum::Form;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::auth::door::{Identity, Via, is_same};
use crate::error::PageError;
use crate::language::Texts;

/// A form whose word was right, and who sent it.
pub(crate) struct SignedForm<T> {
    /// Who sent it.
    pub(crate) identity: Identity,
    /// Hash of their session.
    pub(crate) session: String,
    /// In the language of their pages.
    pub(crate) texts: Texts,
    /// What they wrote.
    pub(crate) form: T,
}

#[derive(Deserialize)]
struct Word<T> {
    csrf: String,
    #[serde(flatten)]
    form: T,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for SignedForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let identity = request.extensions().get::<Identity>().cloned();
        let Some(identity) = identity else { return Err(PageError::SignIn.into_response()) };
        let Via::Cookie { session, csrf } = identity.via.clone() else {
            return Err(PageError::Denied.into_response());
        };
        let texts = Texts::of(request.headers());
        let form = Form::<Word<T>>::from_request(request, state).await;
        let Form(Word { csrf: word, form }) = form.map_err(IntoResponse::into_response)?;
        if !is_same(&word, &csrf) {
            return Err(PageError::ForeignPage.into_response());
        }
        Ok(Self { identity, session, texts, form })
    }
}
