//! Who a request is from: the session cookie or the token that it carries.
//!
//! Three kinds of server: lists, where nobody signs in; one case and its analyst, let in by the token
//! that the program printed; a desk with accounts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, COOKIE};
use case::{Account, Desk, KeptToken, Secret, seconds_now, secret_hash};
use subtle::ConstantTimeEq as _;
use tokio::sync::Semaphore;

use crate::auth::quota::Quota;
use crate::auth::throttle::{FREE_BY_ADDRESS, FREE_BY_NAME, Throttle};
use crate::error::PageError;

/// Seconds that a session may lie idle. Chosen by hand: a desk's lunch. NIST SP 800-63B-4 has an hour
/// for its second level and leaves it to the desk's policy.
pub(crate) const IDLE_SECONDS: i64 = 3600;
/// Seconds after which somebody signs in again whatever happens: a working day (NIST: 24 hours).
pub(crate) const SESSION_SECONDS: i64 = 12 * 3600;
/// Passwords that are hashed at one time: each takes 19 MiB and most of a core.
const HASHES: usize = 2;

/// Who is let in.
#[derive(Clone)]
pub(crate) enum Door {
    /// Everybody who reaches it: lists on this machine.
    Open,
    /// Whoever has the token that the program printed.
    Alone(Arc<Alone>),
    /// Whoever has an account.
    Desk(Arc<DeskDoor>),
}

/// The door of one analyst.
pub(crate) struct Alone {
    /// Name for the journal.
    pub(crate) user: String,
    /// Name of the case.
    pub(crate) case: String,
    /// Hash of the token.
    token: String,
    /// What the cookie holds: the token itself never goes into one.
    pub(crate) session: Secret,
}

/// The door of a desk.
pub(crate) struct DeskDoor {
    desk: Mutex<Desk>,
    /// Tries by name of the account.
    pub(crate) by_name: Throttle,
    /// Tries by address of the client.
    pub(crate) by_address: Throttle,
    /// Requests by name of the account.
    pub(crate) quota: Quota,
    /// Turns at hashing.
    pub(crate) hashing: Semaphore,
    /// Secrets of codes that were shown and not confirmed yet, by account; one each.
    pending: Mutex<BTreeMap<i64, Vec<u8>>>,
}

/// Who a request is from.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// The name in journal and log.
    pub(crate) name: String,
    /// The account; none for the analyst who works alone.
    pub(crate) account: Option<Account>,
    /// By what.
    pub(crate) via: Via,
}

/// What a request was let in by.
#[derive(Clone, Debug)]
pub(crate) enum Via {
    /// A cookie, which a browser sends whoever made it ask: writes need the word of the page as well.
    Cookie {
        /// Hash of the session.
        session: String,
        /// The word that only pages of this server know.
        csrf: String,
    },
    /// A token, which nothing sends by itself; `None` for that of the analyst who works alone.
    Token(Option<KeptToken>),
}

impl Alone {
    /// A door for an analyst, with the token that opens it.
    ///
    /// # Errors
    /// If the system has no randomness to give.
    pub(crate) fn new(user: &str, case: &str) -> Result<(Self, Secret), case::CaseError> {
        let token = Secret::new()?;
        let alone = Self {
            user: user.to_owned(),
            case: case.to_owned(),
            token: token.hash(),
            session: Secret::new()?,
        };
        Ok((alone, token))
    }

    /// Whether this is the token.
    pub(crate) fn is_token(&self, said: &str) -> bool {
        is_same(&secret_hash(said), &self.token)
    }
}

impl DeskDoor {
    /// The door of a desk.
    pub(crate) fn new(desk: Desk) -> Self {
        Self {
            desk: Mutex::new(desk),
            by_name: Throttle::new(FREE_BY_NAME),
            by_address: Throttle::new(FREE_BY_ADDRESS),
            quota: Quota::default(),
            hashing: Semaphore::new(HASHES),
            pending: Mutex::default(),
        }
    }

    /// The secret of codes that an account was shown last.
    pub(crate) fn pending(&self, account: i64) -> Option<Vec<u8>> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.get(&account).cloned()
    }

    /// Keeps a secret that was shown, or forgets it.
    pub(crate) fn keep_pending(&self, account: i64, secret: Option<Vec<u8>>) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        match secret {
            Some(secret) => pending.insert(account, secret),
            None => pending.remove(&account),
        };
    }

    /// Works with the accounts off the threads that talk to clients.
    pub(crate) async fn with<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Desk) -> Result<T, PageError> + Send + 'static,
    ) -> Result<T, PageError> {
        let door = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            // Work that panicked left a transaction that was rolled back.
            let mut desk = door.desk.lock().unwrap_or_else(PoisonError::into_inner);
            work(&mut desk)
        });
        done.await.unwrap_or(Err(PageError::Case))
    }
}

impl Door {
    /// Who sent these headers; `None` if nobody who is known.
    pub(crate) async fn identify(
        &self,
        headers: &HeaderMap,
        cookie: &str,
    ) -> Result<Option<Identity>, PageError> {
        let bearer = bearer(headers);
        match self {
            Door::Open => Ok(None),
            Door::Alone(alone) => {
                let via = match bearer {
                    Some(token) => alone.is_token(token).then_some(Via::Token(None)),
                    None => cookie_of(headers, cookie)
                        .filter(|said| is_same(said, alone.session.as_str()))
                        .map(cookie_via),
                };
                let name = alone.user.clone();
                Ok(via.map(|via| Identity { name, account: None, via }))
            }
            Door::Desk(door) => match (bearer, cookie_of(headers, cookie)) {
                (Some(token), _) => {
                    let hash = secret_hash(token);
                    let found = door
                        .with(move |desk| Ok(desk.accounts.token(&hash, seconds_now())?))
                        .await?;
                    Ok(found.map(|(account, token)| Identity {
                        name: account.name.clone(),
                        account: Some(account),
                        via: Via::Token(Some(token)),
                    }))
                }
                (None, Some(said)) => {
                    let via = cookie_via(said);
                    let hash = secret_hash(said);
                    let found = door
                        .with(move |desk| {
                            Ok(desk.accounts.session(&hash, seconds_now(), IDLE_SECONDS)?)
                        })
                        .await?;
                    Ok(found.map(|account| Identity {
                        name: account.name.clone(),
                        account: Some(account),
                        via,
                    }))
                }
                (None, None) => Ok(None),
            },
        }
    }
}

/// The word that pages of a session carry: it follows from the cookie, and the cookie not from it.
pub(crate) fn csrf_of(cookie: &str) -> String {
    secret_hash(&format!("csrf {cookie}"))
}

/// Compares without telling by its time how far two texts agree.
pub(crate) fn is_same(left: &str, right: &str) -> bool {
    bool::from(left.as_bytes().ct_eq(right.as_bytes()))
}

fn cookie_via(said: &str) -> Via {
    Via::Cookie { session: secret_hash(said), csrf: csrf_of(said) }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let said = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = said.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The value of a cookie. Of several with its name the first counts.
pub(crate) fn cookie_of<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs =
        all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}
