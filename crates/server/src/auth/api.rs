//! Accounts, members and the audit log for programs.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use case::{Account, AuditEntry, AuditLog};
use model::{AuditAction, Role};
use serde::{Deserialize, Serialize};

use crate::auth::account::session;
use crate::auth::gate::Gate;
use crate::auth::login::desk_of;
use crate::auth::{CurrentUser, Permission};
use crate::error::PageError;

/// Entries of the log in one answer, at most.
const PAGE_MAX: usize = 1000;

/// Routes of accounts, members and logs.
pub(crate) fn routes(gate: Arc<Gate>) -> Router {
    Router::new()
        .route("/session", get(session))
        .route("/users", get(users).post(add_user))
        .route("/users/{name}/reset", post(reset_user))
        .route("/users/{name}/disable", post(disable_user))
        .route("/users/{name}/enable", post(enable_user))
        .route("/audit", get(desk_audit))
        .route("/cases/{case}/members", get(members))
        .route("/cases/{case}/members/{name}", put(put_member).delete(delete_member))
        .route("/cases/{case}/audit", get(case_audit))
        .with_state(gate)
}

#[derive(Serialize)]
struct UserAnswer {
    name: String,
    is_admin: bool,
    is_disabled: bool,
    has_password: bool,
    has_codes: bool,
}

impl From<Account> for UserAnswer {
    fn from(account: Account) -> Self {
        Self {
            name: account.name,
            is_admin: account.is_admin,
            is_disabled: account.is_disabled,
            has_password: account.has_password,
            has_codes: account.has_totp,
        }
    }
}

async fn users(State(gate): State<Arc<Gate>>) -> Result<Json<Vec<UserAnswer>>, PageError> {
    let accounts = desk_of(&gate)?.with(|desk| Ok(desk.accounts.accounts()?)).await?;
    Ok(Json(accounts.into_iter().map(UserAnswer::from).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUser {
    name: String,
    #[serde(default)]
    is_admin: bool,
}

/// A link that sets a password: it is shown this once.
#[derive(Serialize)]
struct LinkAnswer {
    name: String,
    /// Path and query; the server's address goes before it.
    link: String,
}

async fn add_user(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Json(new): Json<NewUser>,
) -> Result<Response, PageError> {
    let answer = desk_of(&gate)?
        .with(move |desk| {
            let account = desk.add_account(&new.name, new.is_admin, &user.name)?;
            let secret = desk.link(&account)?;
            Ok(LinkAnswer { name: account.name, link: welcome(&secret) })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

fn welcome(secret: &case::Secret) -> String {
    format!("/welcome?code={}", secret.as_str())
}

async fn reset_user(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Path(name): Path<String>,
) -> Result<Json<LinkAnswer>, PageError> {
    let door = desk_of(&gate)?;
    let link = door
        .with(move |desk| {
            desk.accounts.account(&name)?.ok_or(PageError::NotFound)?;
            let secret = desk.reset(&name, &user.name)?;
            Ok(LinkAnswer { link: welcome(&secret), name })
        })
        .await?;
    Ok(Json(link))
}

async fn disable_user(
    gate: State<Arc<Gate>>,
    user: CurrentUser,
    name: Path<String>,
) -> Result<StatusCode, PageError> {
    shut(gate, user, name, true).await
}

async fn enable_user(
    gate: State<Arc<Gate>>,
    user: CurrentUser,
    name: Path<String>,
) -> Result<StatusCode, PageError> {
    shut(gate, user, name, false).await
}

async fn shut(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Path(name): Path<String>,
    shut: bool,
) -> Result<StatusCode, PageError> {
    // An admin who shut their own account could shut everybody out.
    if shut && user.name.eq_ignore_ascii_case(&name) {
        return Err(PageError::Denied);
    }
    let door = desk_of(&gate)?;
    door.with(move |desk| {
        desk.accounts.account(&name)?.ok_or(PageError::NotFound)?;
        Ok(desk.set_disabled(&name, shut, &user.name)?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Serialize)]
struct MemberAnswer {
    name: String,
    role: Role,
}

async fn members(
    State(gate): State<Arc<Gate>>,
    Path(case): Path<String>,
) -> Result<Json<Vec<MemberAnswer>>, PageError> {
    let members = desk_of(&gate)?.with(move |desk| Ok(desk.accounts.members(&case)?)).await?;
    Ok(Json(members.into_iter().map(|(name, role)| MemberAnswer { name, role }).collect()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: Role,
}

async fn put_member(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Path((case, name)): Path<(String, String)>,
    Json(NewRole { role }): Json<NewRole>,
) -> Result<StatusCode, PageError> {
    set_member(&gate, user, case, name, Some(role)).await
}

async fn delete_member(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Path((case, name)): Path<(String, String)>,
) -> Result<StatusCode, PageError> {
    set_member(&gate, user, case, name, None).await
}

async fn set_member(
    gate: &Gate,
    user: CurrentUser,
    case: String,
    name: String,
    role: Option<Role>,
) -> Result<StatusCode, PageError> {
    let door = desk_of(gate)?;
    door.with(move |desk| {
        desk.accounts.account(&name)?.ok_or(PageError::NotFound)?;
        Ok(desk.set_member(&case, &name, role, &user.name)?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which entries of a log.
#[derive(Deserialize)]
#[serde(default)]
struct AuditQuery {
    /// Entries after this number.
    after: u64,
    /// So many at most.
    limit: usize,
    /// Those of this user.
    user: Option<String>,
    /// Those of this action.
    action: Option<AuditAction>,
}

impl Default for AuditQuery {
    fn default() -> Self {
        Self { after: 0, limit: PAGE_MAX, user: None, action: None }
    }
}

async fn case_audit(
    State(gate): State<Arc<Gate>>,
    Path(case): Path<String>,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Vec<AuditEntry>>, PageError> {
    audit(gate.logs.get(&case), query).await
}

async fn desk_audit(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Vec<AuditEntry>>, PageError> {
    if !user.may(Permission::Accounts) {
        return Err(PageError::Denied);
    }
    audit(gate.logs.get(""), query).await
}

async fn audit(
    log: Option<&AuditLog>,
    query: AuditQuery,
) -> Result<Json<Vec<AuditEntry>>, PageError> {
    let log = log.cloned().ok_or(PageError::NotFound)?;
    let read = tokio::task::spawn_blocking(move || log.entries()).await;
    let Ok(Ok(entries)) = read else { return Err(PageError::NoLog) };
    let entries = entries.into_iter().filter(|entry| {
        entry.seq > query.after
            && query.user.as_ref().is_none_or(|user| entry.user == *user)
            && query.action.is_none_or(|action| entry.action == action)
    });
    Ok(Json(entries.take(query.limit.min(PAGE_MAX)).collect()))
}
