//! The way in and out of a desk: login, the link that sets a password, logout.
//!
//! Invariants: every login begins a new session; what is wrong with one is never told apart; a link is
//! good once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use askama::Template;
use axum::Form;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use case::{Account, Secret, seconds_now, secret_hash};
use model::AuditAction;
use serde::Deserialize;

use crate::auth::door::{DeskDoor, Door, SESSION_SECONDS};
use crate::auth::form::SignedForm;
use crate::auth::gate::Gate;
use crate::auth::way_back::way_back;
use crate::auth::{password, totp};
use crate::error::PageError;
use crate::language::Texts;
use crate::limits::Peer;
use crate::page::render;

/// Longest time that a login waits for its turn at hashing.
const TURN: Duration = Duration::from_secs(10);

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage<'a> {
    style: &'static str,
    texts: Texts,
    fault: &'a str,
    /// Where to go then; empty for the first page.
    next: &'a str,
}

#[derive(Template)]
#[template(path = "welcome.html")]
struct WelcomePage<'a> {
    style: &'static str,
    texts: Texts,
    code: &'a str,
    name: &'a str,
    fault: &'a str,
}

/// What the login page asks.
#[derive(Deserialize)]
pub(super) struct Login {
    name: String,
    password: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

/// What the login page is asked with.
#[derive(Deserialize)]
pub(super) struct Asked {
    /// The page that somebody wanted.
    #[serde(default)]
    next: String,
}

/// What the page of a link asks.
#[derive(Deserialize)]
pub(super) struct Welcome {
    code: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// The desk, on a server that has one.
pub(super) fn desk_of(gate: &Gate) -> Result<&Arc<DeskDoor>, PageError> {
    match &gate.door {
        Door::Desk(door) => Ok(door),
        _ => Err(PageError::NotFound),
    }
}

/// `GET /login`.
pub(super) async fn login_page(texts: Texts, Query(asked): Query<Asked>) -> Html<String> {
    let next = way_back(&asked.next).unwrap_or_default();
    Html(render(&LoginPage { style: "", texts, fault: "", next }))
}

/// `POST /login`.
pub(super) async fn login(
    State(gate): State<Arc<Gate>>,
    texts: Texts,
    request: Request,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let address = address_of(&request);
    let before = gate.cookie_in(request.headers()).map(secret_hash);
    let Ok(Form(said)) = axum::RequestExt::extract::<Form<Login>, _>(request).await else {
        return Err(PageError::BadRequest);
    };
    let name = said.name.trim().to_lowercase();
    for tried in [door.by_address.begin(&address, Instant::now()), by_name(door, &name)] {
        if let Err(wait) = tried {
            return Ok(too_many(texts, wait));
        }
    }
    let turn = tokio::time::timeout(TURN, door.hashing.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(PageError::Busy) };
    let next = way_back(&said.next).unwrap_or_default().to_owned();
    // The password is compared while the desk goes on for the others.
    let (kept, known) = (said.name.trim().to_owned(), said.password.clone());
    let kept = door.with(move |desk| Ok(desk.accounts.credentials(&kept)?)).await?;
    let kept = kept.and_then(|known| known.password);
    let compared = kept.clone();
    let work = move || password::matches(&known, compared.as_deref());
    let is_right = tokio::task::spawn_blocking(work).await.unwrap_or(false);
    let kept = kept.filter(|_| is_right);
    let checked =
        door.with(move |desk| check(desk, &said, kept.as_deref(), before.as_deref())).await?;
    let Some(secret) = checked else {
        let page = LoginPage { style: "", texts, fault: texts.say("login.wrong"), next: &next };
        return Ok((StatusCode::UNAUTHORIZED, Html(render(&page))).into_response());
    };
    door.by_name.forget(&name);
    door.by_address.take_back(&address);
    let then = if next.is_empty() { "/" } else { next.as_str() };
    Ok(([("set-cookie", gate.set_cookie(secret.as_str()))], Redirect::to(then)).into_response())
}

fn by_name(door: &DeskDoor, name: &str) -> Result<(), Duration> {
    let key: String = name.chars().take(64).collect();
    door.by_name.begin(&key, Instant::now())
}

/// Begins a session, if all is right: `right` is the password as it is kept, if it was the one said. The
/// log has it before the client.
fn check(
    desk: &mut case::Desk,
    said: &Login,
    right: Option<&str>,
    before: Option<&str>,
) -> Result<Option<Secret>, PageError> {
    let now = seconds_now();
    let known = desk.accounts.credentials(said.name.trim())?;
    // It may have been changed since it was compared.
    let known_right =
        known.as_ref().filter(|known| right.is_some() && known.password.as_deref() == right);
    let account = known_right.filter(|known| !known.account.is_disabled);
    let account = match account {
        Some(known) => match &known.totp {
            Some(secret) => match totp::step_of(secret, &said.code, now) {
                // A code is good once, also for whoever looked over a shoulder.
                Some(step) if desk.accounts.take_totp_step(known.account.id, step)? => {
                    Some(&known.account)
                }
                _ => None,
            },
            None => Some(&known.account),
        },
        None => None,
    };
    let Some(account) = account else {
        // A name that is none may be a password in the wrong place: it stays out of the log.
        let who = known.as_ref().map_or("unknown", |known| known.account.name.as_str());
        desk.tell(who, AuditAction::Denied, "login".to_owned(), "not let in")?;
        return Ok(None);
    };
    let secret = begin(desk, account, before)?;
    Ok(Some(secret))
}

/// Begins a session and ends the one that the browser had.
fn begin(
    desk: &mut case::Desk,
    account: &Account,
    before: Option<&str>,
) -> Result<Secret, PageError> {
    desk.tell(&account.name, AuditAction::Login, "login".to_owned(), "let in")?;
    if let Some(before) = before {
        desk.accounts.end_session(before)?;
    }
    let secret = Secret::new()?;
    let now = seconds_now();
    desk.accounts.begin_session(account.id, &secret.hash(), now, now + SESSION_SECONDS)?;
    Ok(secret)
}

/// `POST /logout`.
pub(super) async fn logout(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, session, .. }: SignedForm<std::collections::BTreeMap<String, String>>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    door.with(move |desk| {
        desk.tell(&identity.name, AuditAction::Login, "logout".to_owned(), "out")?;
        Ok(desk.accounts.end_session(&session)?)
    })
    .await?;
    // The browser forgets what it showed.
    let headers = [("set-cookie", gate.end_cookie()), ("clear-site-data", "\"cache\"".to_owned())];
    Ok((headers, Redirect::to("/login")).into_response())
}

/// `GET /welcome`: the page of a link. Looking at it does not use the link up.
pub(super) async fn welcome_page(
    State(gate): State<Arc<Gate>>,
    texts: Texts,
    Query(said): Query<Welcome>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let hash = secret_hash(&said.code);
    let account = door.with(move |desk| Ok(desk.accounts.link(&hash, seconds_now())?)).await?;
    let Some(account) = account else { return Ok(void_link(texts)) };
    let page = WelcomePage { style: "", texts, code: &said.code, name: &account.name, fault: "" };
    Ok(Html(render(&page)).into_response())
}

/// `POST /welcome`: sets the password and uses the link up.
pub(super) async fn welcome(
    State(gate): State<Arc<Gate>>,
    texts: Texts,
    request: Request,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let address = address_of(&request);
    let Ok(Form(said)) = axum::RequestExt::extract::<Form<Welcome>, _>(request).await else {
        return Err(PageError::BadRequest);
    };
    if let Err(wait) = door.by_address.begin(&address, Instant::now()) {
        return Ok(too_many(texts, wait));
    }
    let hash = secret_hash(&said.code);
    let looked = hash.clone();
    let account = door.with(move |desk| Ok(desk.accounts.link(&looked, seconds_now())?)).await?;
    let Some(account) = account else { return Ok(void_link(texts)) };
    door.by_address.take_back(&address);
    let fault = if said.password == said.again {
        password::fault(&said.password, &account.name)
    } else {
        Some("password.differ")
    };
    if let Some(fault) = fault {
        let fault = texts.say(fault);
        let page = WelcomePage { style: "", texts, code: &said.code, name: &account.name, fault };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(render(&page))).into_response());
    }
    let turn = tokio::time::timeout(TURN, door.hashing.acquire()).await;
    let Ok(Ok(_turn)) = turn else { return Err(PageError::Busy) };
    let work = move || password::hash(&said.password);
    let kept = tokio::task::spawn_blocking(work).await.map_err(|_| PageError::Case)??;
    let is_set = door
        .with(move |desk| {
            desk.tell(&account.name, AuditAction::Account, "password".to_owned(), "set by link")?;
            Ok(desk.accounts.use_link(&hash, seconds_now(), &kept)?.is_some())
        })
        .await?;
    if is_set { Ok(Redirect::to("/login").into_response()) } else { Ok(void_link(texts)) }
}

fn void_link(texts: Texts) -> Response {
    (StatusCode::GONE, texts.say("welcome.void")).into_response()
}

/// Too many tries; when the next is looked at.
pub(super) fn too_many(texts: Texts, wait: Duration) -> Response {
    let seconds = wait.as_secs() + 1;
    let text = texts.say_with("login.too_many", &seconds.to_string());
    let mut answer = (StatusCode::TOO_MANY_REQUESTS, text).into_response();
    if let Ok(value) = HeaderValue::from_str(&seconds.to_string()) {
        answer.headers_mut().insert("retry-after", value);
    }
    answer
}

fn address_of(request: &Request) -> String {
    request.extensions().get::<Peer>().map_or_else(String::new, |peer| peer.0.to_string())
}

/// The word of the pages of a session.
pub(super) fn csrf_in(gate: &Gate, headers: &HeaderMap) -> String {
    gate.cookie_in(headers).map(crate::auth::door::csrf_of).unwrap_or_default()
}
