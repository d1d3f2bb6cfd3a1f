//! The own account of somebody at a desk: password, codes, sessions, tokens; and the page of their cases.
//!
//! What changes how somebody signs in asks for the password again.

use std::sync::Arc;
use std::time::Instant;

use askama::Template;
use axum::Extension;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use case::{Account, KeptToken, Scope, seconds_now};
use model::Role;
use serde::Deserialize;

use crate::auth::door::{DeskDoor, Identity, Via};
use crate::auth::form::SignedForm;
use crate::auth::gate::Gate;
use crate::auth::login::{self, csrf_in, desk_of, too_many};
use crate::auth::{password, totp};
use crate::error::PageError;
use crate::language::Texts;
use crate::page::render;

/// Routes of the way in and of the own account.
pub(crate) fn routes(gate: Arc<Gate>) -> Router {
    Router::new()
        .route("/login", get(login::login_page).post(login::login))
        .route("/welcome", get(login::welcome_page).post(login::welcome))
        .route("/logout", post(login::logout))
        .route("/cases/", get(home))
        .route("/account", get(account_page))
        .route("/account/password", post(change_password))
        .route("/account/codes", post(begin_codes))
        .route("/account/codes/confirm", post(confirm_codes))
        .route("/account/codes/off", post(end_codes))
        .route("/account/sessions/end", post(end_sessions))
        .route("/account/tokens", post(add_token))
        .route("/account/tokens/revoke", post(revoke_token))
        .with_state(gate)
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    style: &'static str,
    texts: Texts,
    name: &'a str,
    csrf: &'a str,
    cases: Vec<(String, String, Role)>,
    is_admin: bool,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    style: &'static str,
    texts: Texts,
    account: &'a Account,
    csrf: &'a str,
    told: &'a str,
    secret: &'a str,
    sessions: usize,
    tokens: Vec<KeptToken>,
}

/// `GET /cases/`: the own cases.
async fn home(
    State(gate): State<Arc<Gate>>,
    Extension(identity): Extension<Identity>,
    texts: Texts,
    headers: HeaderMap,
) -> Result<Html<String>, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    let id = account.id;
    let cases = door.with(move |desk| Ok(desk.accounts.cases_of(id)?)).await?;
    let served = cases.into_iter().filter(|(case, _)| gate.logs.contains_key(case));
    let cases = served.map(|(case, role)| (crate::page::path_segment(&case), case, role)).collect();
    let csrf = csrf_in(&gate, &headers);
    let is_admin = account.is_admin;
    let name = &account.name;
    Ok(Html(render(&HomePage { style: "", texts, name, csrf: &csrf, cases, is_admin })))
}

/// `GET /account`.
async fn account_page(
    State(gate): State<Arc<Gate>>,
    Extension(identity): Extension<Identity>,
    texts: Texts,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let account = account_of(&identity)?;
    show(&gate, texts, &account, &csrf_in(&gate, &headers), "", "").await
}

/// The page with something to tell.
async fn show(
    gate: &Gate,
    texts: Texts,
    account: &Account,
    csrf: &str,
    told: &str,
    secret: &str,
) -> Result<Response, PageError> {
    let (id, name) = (account.id, account.name.clone());
    let (account, sessions, tokens) = desk_of(gate)?
        .with(move |desk| {
            Ok((
                desk.accounts.account(&name)?.ok_or(PageError::SignIn)?,
                desk.accounts.sessions(id)?.len(),
                desk.accounts.tokens(id)?,
            ))
        })
        .await?;
    let page =
        AccountPage { style: "", texts, account: &account, csrf, told, secret, sessions, tokens };
    Ok(Html(render(&page)).into_response())
}

/// The page with what was wrong, by the key of its text.
async fn fault(
    gate: &Gate,
    texts: Texts,
    account: &Account,
    csrf: &str,
    wrong: &str,
) -> Result<Response, PageError> {
    let page = show(gate, texts, account, csrf, texts.say(wrong), "").await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn account_of(identity: &Identity) -> Result<Account, PageError> {
    identity.account.clone().ok_or(PageError::NotFound)
}

/// The word of the session.
pub(super) fn csrf_of(identity: &Identity) -> &str {
    match &identity.via {
        Via::Cookie { csrf, .. } => csrf,
        Via::Token(_) => "",
    }
}

/// Asks for the password again; the answer to give if it is not right.
async fn again(
    gate: &Gate,
    door: &Arc<DeskDoor>,
    texts: Texts,
    identity: &Identity,
    password: String,
) -> Result<Option<Response>, PageError> {
    let account = account_of(identity)?;
    let key = account.name.to_lowercase();
    if let Err(wait) = door.by_name.begin(&key, Instant::now()) {
        return Ok(Some(too_many(texts, wait)));
    }
    let Ok(_turn) = door.hashing.acquire().await else { return Err(PageError::Busy) };
    let name = account.name.clone();
    let is_right = door
        .with(move |desk| {
            let known = desk.accounts.credentials(&name)?;
            Ok(password::matches(&password, known.and_then(|k| k.password).as_deref()))
        })
        .await?;
    if is_right {
        door.by_name.forget(&key);
        return Ok(None);
    }
    fault(gate, texts, &account, csrf_of(identity), "password.wrong").await.map(Some)
}

#[derive(Deserialize)]
struct NewPassword {
    password: String,
    new: String,
    again: String,
}

/// `POST /account/password`: the other sessions end.
async fn change_password(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, session, texts, form }: SignedForm<NewPassword>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    if let Some(refused) = again(&gate, door, texts, &identity, form.password).await? {
        return Ok(refused);
    }
    let wrong = if form.new == form.again {
        password::fault(&form.new, &account.name)
    } else {
        Some("password.differ")
    };
    if let Some(wrong) = wrong {
        return fault(&gate, texts, &account, csrf_of(&identity), wrong).await;
    }
    let id = account.id;
    door.with(move |desk| {
        let kept = password::hash(&form.new)?;
        Ok(desk.accounts.set_password(id, &kept, Some(&session))?)
    })
    .await?;
    let told = texts.say("account.password_changed");
    show(&gate, texts, &account, csrf_of(&identity), told, "").await
}

#[derive(Deserialize)]
struct Password {
    password: String,
}

/// `POST /account/codes`: shows a secret for the app; it counts once a code of it was given.
async fn begin_codes(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, texts, form, .. }: SignedForm<Password>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    if let Some(refused) = again(&gate, door, texts, &identity, form.password).await? {
        return Ok(refused);
    }
    let secret = case::random::<{ totp::SECRET_BYTES }>()?;
    door.keep_pending(account.id, Some(secret.to_vec()));
    let text = totp::base32(&secret);
    show(&gate, texts, &account, csrf_of(&identity), "", &text).await
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// `POST /account/codes/confirm`.
async fn confirm_codes(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, session, texts, form }: SignedForm<Code>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    if let Err(wait) = door.by_name.begin(&account.name.to_lowercase(), Instant::now()) {
        return Ok(too_many(texts, wait));
    }
    let secret = door.pending(account.id);
    let step = secret.as_ref().and_then(|s| totp::step_of(s, &form.code, seconds_now()));
    let (Some(secret), Some(step)) = (secret, step) else {
        return fault(&gate, texts, &account, csrf_of(&identity), "account.code_wrong").await;
    };
    door.by_name.forget(&account.name.to_lowercase());
    let id = account.id;
    door.with(move |desk| {
        desk.accounts.set_totp(id, Some(&secret))?;
        desk.accounts.take_totp_step(id, step)?;
        Ok(desk.accounts.end_sessions(id, Some(&session))?)
    })
    .await?;
    door.keep_pending(account.id, None);
    let told = texts.say("account.codes_on");
    show(&gate, texts, &account, csrf_of(&identity), told, "").await
}

/// `POST /account/codes/off`.
async fn end_codes(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, texts, form, .. }: SignedForm<Password>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    if let Some(refused) = again(&gate, door, texts, &identity, form.password).await? {
        return Ok(refused);
    }
    let id = account.id;
    door.with(move |desk| Ok(desk.accounts.set_totp(id, None)?)).await?;
    show(&gate, texts, &account, csrf_of(&identity), texts.say("account.codes_off"), "").await
}

/// `POST /account/sessions/end`: all but this one.
async fn end_sessions(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, session, texts, form }: SignedForm<Password>,
) -> Result<Response, PageError> {
    let id = account_of(&identity)?.id;
    let door = desk_of(&gate)?;
    if let Some(refused) = again(&gate, door, texts, &identity, form.password).await? {
        return Ok(refused);
    }
    door.with(move |desk| Ok(desk.accounts.end_sessions(id, Some(&session))?)).await?;
    Ok(Redirect::to("/account").into_response())
}

#[derive(Deserialize)]
struct NewToken {
    password: String,
    label: String,
    scope: String,
    #[serde(default)]
    case: String,
    days: String,
}

/// `POST /account/tokens`: the token is shown once.
async fn add_token(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, texts, form, .. }: SignedForm<NewToken>,
) -> Result<Response, PageError> {
    let door = desk_of(&gate)?;
    let account = account_of(&identity)?;
    if let Some(refused) = again(&gate, door, texts, &identity, form.password.clone()).await? {
        return Ok(refused);
    }
    let scope = Scope::parse(&form.scope).filter(|s| *s != Scope::Admin || account.is_admin);
    let (Some(scope), Ok(days)) = (scope, form.days.trim().parse::<i64>()) else {
        return Err(PageError::BadRequest);
    };
    let owner = account.clone();
    let (_, secret) = door
        .with(move |desk| {
            let case = Some(form.case.trim()).filter(|case| !case.is_empty());
            Ok(desk.add_token(&owner, &form.label, scope, case, days)?)
        })
        .await?;
    let told = texts.say_with("account.token_shown", secret.as_str());
    show(&gate, texts, &account, csrf_of(&identity), &told, "").await
}

#[derive(Deserialize)]
struct Revoked {
    id: String,
}

/// `POST /account/tokens/revoke`.
async fn revoke_token(
    State(gate): State<Arc<Gate>>,
    SignedForm { identity, form, .. }: SignedForm<Revoked>,
) -> Result<Response, PageError> {
    let account = account_of(&identity)?.id;
    let id: i64 = form.id.parse().map_err(|_| PageError::BadRequest)?;
    let door = desk_of(&gate)?;
    let is_gone = door.with(move |desk| Ok(desk.accounts.revoke_token(account, id)?)).await?;
    if is_gone { Ok(Redirect::to("/account").into_response()) } else { Err(PageError::NotFound) }
}
