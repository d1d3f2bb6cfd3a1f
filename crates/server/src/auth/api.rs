//! Accounts, members and the audit log for programs.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use case::{Account, AuditEntry, AuditLog};
use model::{AuditAction, Role};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::extract::{Ask, At, Body, CasePath};
use crate::api::words::{ActionWord, RoleWord};
use crate::auth::account::csrf_of;
use crate::auth::door::Identity;
use crate::auth::gate::Gate;
use crate::auth::login::desk_of;
use crate::auth::{CurrentUser, Permission};
use crate::error::PageError;

/// Entries of the log in one answer, at most.
const PAGE_MAX: usize = 1000;

/// Routes of accounts, members and logs, with their description.
pub(crate) fn described() -> OpenApiRouter<Arc<Gate>> {
    let in_case = OpenApiRouter::new()
        .routes(routes!(members))
        .routes(routes!(put_member, delete_member))
        .routes(routes!(case_audit));
    OpenApiRouter::new()
        .routes(routes!(session))
        .routes(routes!(users, add_user))
        .routes(routes!(reset_user))
        .routes(routes!(disable_user))
        .routes(routes!(enable_user))
        .routes(routes!(desk_audit))
        .nest("/cases/{case}", in_case)
}

/// An account by its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct UserPath {
    /// Name of the account.
    name: String,
}

/// A case by its name.
#[derive(Deserialize)]
struct OneCase {
    case: String,
}

/// Somebody in a case.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
struct MemberPath {
    /// Name of the case.
    case: String,
    /// Name of the account.
    name: String,
}

/// Who is asking.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionAnswer {
    /// Name in journal and log.
    user: String,
    /// Whether they manage the accounts of the desk.
    is_admin: bool,
    /// True for the analyst who works alone.
    is_alone: bool,
    /// To be sent as `X-CSRF-Token` with every write; empty for tokens, which need none.
    csrf: String,
    /// Whether codes of an app have to be set up before anything else.
    needs_codes: bool,
    /// The cases that they are in.
    cases: Vec<SessionCase>,
}

/// A case that somebody is in.
#[derive(Serialize, ToSchema)]
struct SessionCase {
    name: String,
    role: RoleWord,
    /// What the role may do there, for example `decide`.
    permissions: Vec<&'static str>,
}

impl SessionCase {
    fn new(name: String, role: Role) -> Self {
        Self { name, role: role.into(), permissions: Permission::words_of(role) }
    }
}

/// Who is signed in, and what they may do.
#[utoipa::path(get, operation_id = "access_session", path = "/session", tag = "access", responses((status = 200, body = SessionAnswer)))]
async fn session(
    State(gate): State<Arc<Gate>>,
    Extension(identity): Extension<Identity>,
) -> Result<Json<SessionAnswer>, PageError> {
    let csrf = csrf_of(&identity).to_owned();
    let (is_admin, needs_codes, cases) = if let Some(account) = &identity.account {
        let id = account.id;
        let cases = desk_of(&gate)?.with(move |desk| Ok(desk.accounts.cases_of(id)?)).await?;
        let served = cases.into_iter().filter(|(case, _)| gate.logs.contains_key(case));
        (account.is_admin, gate.needs_codes && !account.has_totp, served.collect())
    } else {
        let all = gate.logs.keys().map(|case| (case.clone(), Role::Lead));
        (false, false, all.collect::<Vec<_>>())
    };
    Ok(Json(SessionAnswer {
        user: identity.name,
        is_admin,
        is_alone: identity.account.is_none(),
        csrf,
        needs_codes,
        cases: cases.into_iter().map(|(name, role)| SessionCase::new(name, role)).collect(),
    }))
}

/// An account of the desk.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Serialize, ToSchema)]
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

/// The accounts of the desk.
#[utoipa::path(get, operation_id = "access_users", path = "/users", tag = "access", responses((status = 200, body = Vec<UserAnswer>)))]
async fn users(State(gate): State<Arc<Gate>>) -> Result<Json<Vec<UserAnswer>>, PageError> {
    let accounts = desk_of(&gate)?.with(|desk| Ok(desk.accounts.accounts()?)).await?;
    Ok(Json(accounts.into_iter().map(UserAnswer::from).collect()))
}

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewUser {
    name: String,
    #[serde(default)]
    is_admin: bool,
}

/// A link that sets a password: it is shown this once.
#[derive(Serialize, ToSchema)]
struct LinkAnswer {
    name: String,
    /// Path and query; the server's address goes before it.
    link: String,
}

/// Makes an account, with a link that sets its password.
#[utoipa::path(post, operation_id = "access_add_user", path = "/users", tag = "access", request_body = NewUser, responses((status = 201, body = LinkAnswer)))]
async fn add_user(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Body(new): Body<NewUser>,
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

/// Takes password, codes, sessions and tokens from an account; the link begins anew.
#[utoipa::path(post, operation_id = "access_reset_user", path = "/users/{name}/reset", tag = "access", params(UserPath), responses((status = 200, body = LinkAnswer)))]
async fn reset_user(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    At(UserPath { name }): At<UserPath>,
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

/// Shuts an account; its sessions end.
#[utoipa::path(post, operation_id = "access_disable_user", path = "/users/{name}/disable", tag = "access", params(UserPath), responses((status = 204)))]
async fn disable_user(
    gate: State<Arc<Gate>>,
    user: CurrentUser,
    At(UserPath { name }): At<UserPath>,
) -> Result<StatusCode, PageError> {
    shut(gate, user, name, true).await
}

/// Opens an account that was shut.
#[utoipa::path(post, operation_id = "access_enable_user", path = "/users/{name}/enable", tag = "access", params(UserPath), responses((status = 204)))]
async fn enable_user(
    gate: State<Arc<Gate>>,
    user: CurrentUser,
    At(UserPath { name }): At<UserPath>,
) -> Result<StatusCode, PageError> {
    shut(gate, user, name, false).await
}

async fn shut(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    name: String,
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

/// Somebody in a case.
#[derive(Serialize, ToSchema)]
struct MemberAnswer {
    name: String,
    role: RoleWord,
}

/// Who is in a case.
#[utoipa::path(get, operation_id = "access_members", path = "/members", tag = "access", params(CasePath), responses((status = 200, body = Vec<MemberAnswer>)))]
async fn members(
    State(gate): State<Arc<Gate>>,
    At(OneCase { case }): At<OneCase>,
) -> Result<Json<Vec<MemberAnswer>>, PageError> {
    let members = desk_of(&gate)?.with(move |desk| Ok(desk.accounts.members(&case)?)).await?;
    Ok(Json(
        members.into_iter().map(|(name, role)| MemberAnswer { name, role: role.into() }).collect(),
    ))
}

/// A role in a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: RoleWord,
}

/// Gives somebody a role in a case.
#[utoipa::path(put, operation_id = "access_put_member", path = "/members/{name}", tag = "access", params(MemberPath), request_body = NewRole, responses((status = 204)))]
async fn put_member(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    At(MemberPath { case, name }): At<MemberPath>,
    Body(NewRole { role }): Body<NewRole>,
) -> Result<StatusCode, PageError> {
    set_member(&gate, user, case, name, Some(role.into())).await
}

/// Takes somebody out of a case.
#[utoipa::path(delete, operation_id = "access_delete_member", path = "/members/{name}", tag = "access", params(MemberPath), responses((status = 204)))]
async fn delete_member(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    At(MemberPath { case, name }): At<MemberPath>,
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
#[derive(Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    /// Entries after this number.
    #[param(required = false)]
    after: u64,
    /// Entries before this number.
    before: Option<u64>,
    /// The newest first; oldest first without it.
    #[param(required = false)]
    newest: bool,
    /// So many at most, and never more than 1000.
    #[param(required = false)]
    limit: usize,
    /// Those of this user.
    user: Option<String>,
    /// Those of this action.
    #[param(inline)]
    action: Option<ActionWord>,
}

impl Default for AuditQuery {
    fn default() -> Self {
        Self { after: 0, before: None, newest: false, limit: PAGE_MAX, user: None, action: None }
    }
}

/// An entry of a log, as it stands there.
#[derive(Serialize, ToSchema)]
struct AuditShape {
    /// Its number, from 1, without gaps.
    seq: u64,
    /// When: ISO 8601, UTC.
    time: String,
    /// Who.
    user: String,
    /// What.
    action: ActionWord,
    /// On what: ids, no values.
    subjects: Vec<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// The entry that this one tells the end of.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// Hash of the entry before.
    prev: String,
    /// SHA-256 over the line without this field.
    hash: String,
}

impl From<AuditEntry> for AuditShape {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { seq, time, user, action, subjects, why, of, outcome, prev, hash } = entry;
        let action = action.into();
        Self { seq, time, user, action, subjects, why, of, outcome, prev, hash }
    }
}

/// The audit log of a case.
#[utoipa::path(get, operation_id = "access_case_audit", path = "/audit", tag = "access", params(CasePath, AuditQuery), responses((status = 200, body = Vec<AuditShape>)))]
async fn case_audit(
    State(gate): State<Arc<Gate>>,
    At(OneCase { case }): At<OneCase>,
    Ask(query): Ask<AuditQuery>,
) -> Result<Json<Vec<AuditShape>>, PageError> {
    audit(gate.logs.get(&case), query).await
}

/// The log of the desk: logins, accounts, what was refused outside of cases.
#[utoipa::path(get, operation_id = "access_desk_audit", path = "/audit", tag = "access", params(AuditQuery), responses((status = 200, body = Vec<AuditShape>)))]
async fn desk_audit(
    State(gate): State<Arc<Gate>>,
    user: CurrentUser,
    Ask(query): Ask<AuditQuery>,
) -> Result<Json<Vec<AuditShape>>, PageError> {
    if !user.may(Permission::Accounts) {
        return Err(PageError::Denied);
    }
    audit(gate.logs.get(""), query).await
}

async fn audit(
    log: Option<&AuditLog>,
    query: AuditQuery,
) -> Result<Json<Vec<AuditShape>>, PageError> {
    let log = log.cloned().ok_or(PageError::NotFound)?;
    let read = tokio::task::spawn_blocking(move || log.entries()).await;
    let Ok(Ok(entries)) = read else { return Err(PageError::NoLog) };
    let action = query.action.map(AuditAction::from);
    let asked = entries.into_iter().filter(|entry| {
        entry.seq > query.after
            && query.before.is_none_or(|before| entry.seq < before)
            && query.user.as_ref().is_none_or(|user| entry.user == *user)
            && action.is_none_or(|action| entry.action == action)
    });
    let limit = query.limit.min(PAGE_MAX);
    Ok(Json(if query.newest {
        asked.rev().take(limit).map(Into::into).collect()
    } else {
        asked.take(limit).map(Into::into).collect()
    }))
}
