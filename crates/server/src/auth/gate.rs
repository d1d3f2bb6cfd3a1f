//! The gate: every request passes it, and every answer.
//!
//! In this order: the host that was asked, the rule of the route, who asks, whether a page of ours made
//! them ask, their role in the case, the log. What is to be changed is logged before, what was shown
//! after the answer is made and before it is sent; what cannot be logged is refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts as _, MatchedPath, RawPathParams, Request, State};
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use case::{AuditLog, Scope, audit_note};
use model::{AuditAction, Role};

use crate::api::{ApiError, no_method};
use crate::auth::door::{Door, Identity, Via, cookie_of, is_same};
use crate::auth::login::too_many;
use crate::auth::rules::{Rule, is_form, methods_of, rule_of};
use crate::auth::way_back::login_for;
use crate::auth::{CurrentUser, Permission, Trail};
use crate::error::PageError;
use crate::language::Texts;

/// Header that carries the word of the page.
const CSRF: &str = "x-csrf-token";

/// What the gate knows of the server.
pub(crate) struct Gate {
    /// Who is let in.
    pub(crate) door: Door,
    /// The logs of the cases by name.
    pub(crate) logs: BTreeMap<String, AuditLog>,
    /// Names that this server goes by, without port.
    pub(crate) hosts: Vec<String>,
    /// Name of the session cookie.
    pub(crate) cookie: String,
    /// Whether clients speak TLS to it.
    pub(crate) is_tls: bool,
    /// Whether everybody has to set up codes before anything else.
    pub(crate) needs_codes: bool,
    /// When the log was last told of a foreign page or host.
    pub(crate) told: Mutex<Option<Instant>>,
}

/// Foreign pages and hosts are told to the log once in so long: whoever sends them has no account, and
/// could fill the disk.
const TOLD_EVERY: Duration = Duration::from_mins(1);
/// Longest name of a foreign page or host in the log.
const FOREIGN_MAX: usize = 100;

impl Gate {
    /// The value of `Set-Cookie` that begins a session.
    pub(crate) fn set_cookie(&self, secret: &str) -> String {
        let secure = if self.is_tls { "; Secure" } else { "" };
        format!("{}={secret}; Path=/; HttpOnly; SameSite=Strict{secure}", self.cookie)
    }

    /// The value of `Set-Cookie` that ends it.
    pub(crate) fn end_cookie(&self) -> String {
        format!("{}; Max-Age=0", self.set_cookie(""))
    }

    /// The session cookie that came with a request.
    pub(crate) fn cookie_in<'h>(&self, headers: &'h HeaderMap) -> Option<&'h str> {
        cookie_of(headers, &self.cookie)
    }

    fn is_host(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
        let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
        let name = match host.rsplit_once(':') {
            Some((name, port)) if is_port(port) => name,
            _ => host,
        };
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// Whether the log is to be told of something foreign now.
    fn is_to_be_told(&self, now: Instant) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = told.is_none_or(|then| now.duration_since(then) >= TOLD_EVERY);
        if is_due {
            *told = Some(now);
        }
        is_due
    }

    /// Whether a page of this server made the browser ask, as far as the browser tells.
    fn is_own_origin(&self, headers: &HeaderMap) -> bool {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let scheme = if self.is_tls { "https" } else { "http" };
        match (text(ORIGIN.as_str()), text(HOST.as_str())) {
            (Some(origin), Some(host)) => {
                origin.eq_ignore_ascii_case(&format!("{scheme}://{host}"))
            }
            (None, _) => text("sec-fetch-site") == Some("same-origin"),
            _ => false,
        }
    }
}

/// Lets a request through or refuses it.
pub(crate) async fn pass(State(gate): State<Arc<Gate>>, request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/v1");
    let answer = admitted(gate, request, next).await;
    let refused = answer.extensions().get::<(PageError, &'static str)>().copied();
    match refused.filter(|_| is_api) {
        Some((refused, text)) => {
            let problem = ApiError::new(answer.status(), refused.word(), text);
            let mut problem = problem.into_response();
            let headers = answer.headers().iter().filter(|(name, _)| *name == "www-authenticate");
            problem.headers_mut().extend(headers.map(|(n, v)| (n.clone(), v.clone())));
            problem
        }
        None => answer,
    }
}

async fn admitted(gate: Arc<Gate>, request: Request, next: Next) -> Response {
    if !gate.is_host(request.headers()) {
        tell_foreign(&gate, "nobody", "host", request.headers().get(HOST)).await;
        return PageError::ForeignHost.into_response();
    }
    if matches!(gate.door, Door::Open) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match admit(&gate, parts).await {
        Ok(Admitted::Nowhere(parts)) => next.run(Request::from_parts(*parts, body)).await,
        Ok(Admitted::Known(parts, pass)) => {
            let request = Request::from_parts(*parts, body);
            logged(*pass, request, next).await
        }
        Err(refusal) => refusal,
    }
}

/// A request that may go on.
enum Admitted {
    /// To no route: the answer is "not found", whoever asks.
    Nowhere(Box<Parts>),
    /// To a route.
    Known(Box<Parts>, Box<Pass>),
}

/// What the log has to know of it.
struct Pass {
    rule: Rule,
    user: String,
    log: Option<AuditLog>,
    subject: String,
    trail: Trail,
}

async fn admit(gate: &Gate, mut parts: Parts) -> Result<Admitted, Response> {
    let Some(path) = parts.extensions.get::<MatchedPath>().cloned() else {
        return Ok(Admitted::Nowhere(Box::new(parts)));
    };
    if let Door::Alone(alone) = &gate.door
        && let Some(answer) = by_link(gate, alone, &parts)
    {
        return Err(answer);
    }
    let rule = match rule_of(parts.method.as_str(), path.as_str()) {
        Some(rule) => *rule,
        None => return Err(without_rule(path.as_str())),
    };
    let identity = gate.door.identify(&parts.headers, &gate.cookie).await;
    let identity = identity.map_err(IntoResponse::into_response)?;
    if let Err(refused) = check_origin(gate, &parts, rule, identity.as_ref()) {
        let user = identity.as_ref().map_or("nobody", |identity| &identity.name);
        tell_foreign(gate, user, "page", parts.headers.get(ORIGIN)).await;
        return Err(refused.into_response());
    }
    if let (Door::Desk(desk), Some(identity)) = (&gate.door, &identity)
        && let Err(wait) = desk.quota.take(&identity.name, Instant::now())
    {
        return Err(too_fast(&parts, wait));
    }
    let Some(identity) = identity else {
        if rule.permission == Permission::Anyone {
            let pass = pass_of(rule, "nobody", None, String::new());
            parts.extensions.insert(pass.trail.clone());
            return Ok(Admitted::Known(Box::new(parts), Box::new(pass)));
        }
        return Err(sign_in(gate, &parts));
    };
    let case = case_of(gate, &mut parts).await;
    let subject = subject_of(&parts.uri, case.as_deref());
    let user = match role_of(gate, &identity, rule, case.as_deref()).await {
        Ok(user) => user,
        Err(refused) => {
            return Err(refuse(gate, &identity, case.as_deref(), subject, refused).await);
        }
    };
    let log = match (&gate.door, &case) {
        (_, Some(case)) => gate.logs.get(case).cloned(),
        (Door::Desk(_), None) => gate.logs.get("").cloned(),
        _ => None,
    };
    let pass = pass_of(rule, &identity.name, log, subject);
    parts.extensions.insert(user);
    parts.extensions.insert(identity);
    parts.extensions.insert(pass.trail.clone());
    Ok(Admitted::Known(Box::new(parts), Box::new(pass)))
}

/// Tells the log what tried to go around the rules, and for whom.
async fn tell_foreign(gate: &Gate, user: &str, what: &str, named: Option<&HeaderValue>) {
    let log = gate.logs.get("").or_else(|| gate.logs.values().next()).cloned();
    let Some(log) = log.filter(|_| gate.is_to_be_told(Instant::now())) else { return };
    let named = named.and_then(|name| name.to_str().ok()).unwrap_or("unnamed");
    let named: String = named.chars().take(FOREIGN_MAX).collect();
    let note = audit_note(user, AuditAction::Denied, vec![format!("foreign {what} {named}")]);
    // It is refused whether or not the log can be written.
    let _ = append(log, note).await;
}

/// The answer to one who asks too much.
fn too_fast(parts: &Parts, wait: Duration) -> Response {
    if !parts.uri.path().starts_with("/api/v1") {
        return too_many(Texts::of(&parts.headers), wait);
    }
    let mut answer = ApiError::too_fast().into_response();
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    answer
}

fn pass_of(rule: Rule, user: &str, log: Option<AuditLog>, subject: String) -> Pass {
    Pass { rule, user: user.to_owned(), log, subject, trail: Trail::default() }
}

/// The link that the program printed: the token becomes a cookie and leaves the address.
fn by_link(gate: &Gate, alone: &crate::auth::door::Alone, parts: &Parts) -> Option<Response> {
    let query = parts.uri.query()?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let token = pairs.find(|(name, _)| *name == "token").map(|(_, value)| value)?;
    if parts.method != Method::GET || !alone.is_token(token) {
        return None;
    }
    let cookie = gate.set_cookie(alone.session.as_str());
    Some(([("set-cookie", cookie)], Redirect::to(parts.uri.path())).into_response())
}

fn without_rule(path: &str) -> Response {
    let methods = methods_of(path);
    if methods.is_empty() {
        return PageError::Denied.into_response();
    }
    let allow = [("allow", methods.join(", "))];
    if path.starts_with("/api/v1") {
        return (allow, no_method()).into_response();
    }
    (StatusCode::METHOD_NOT_ALLOWED, allow).into_response()
}

/// Writes that a browser sends with its cookie come from a page of ours, by its word and by the
/// browser's.
fn check_origin(
    gate: &Gate,
    parts: &Parts,
    rule: Rule,
    identity: Option<&Identity>,
) -> Result<(), PageError> {
    if parts.method.is_safe() {
        return Ok(());
    }
    let csrf = match identity.map(|identity| &identity.via) {
        Some(Via::Token(_)) => return Ok(()),
        // Whoever signs in again does so from a page that has no word.
        Some(Via::Cookie { csrf, .. }) if rule.permission != Permission::Anyone => Some(csrf),
        _ => None,
    };
    if !gate.is_own_origin(&parts.headers) {
        return Err(PageError::ForeignPage);
    }
    let Some(csrf) = csrf else { return Ok(()) };
    let header = parts.headers.get(CSRF).and_then(|value| value.to_str().ok());
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let in_form = is_form(rule.path)
        && kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    match header {
        Some(word) if is_same(word, csrf) => Ok(()),
        // The handler reads the form, and takes it with its word only (`SignedForm`).
        None if in_form => Ok(()),
        _ => Err(PageError::ForeignPage),
    }
}

/// Where somebody whom nobody knows is sent.
fn sign_in(gate: &Gate, parts: &Parts) -> Response {
    let accept = parts.headers.get("accept").and_then(|value| value.to_str().ok());
    let is_page = parts.method == Method::GET && accept.is_some_and(|a| a.contains("text/html"));
    match gate.door {
        Door::Desk(_) if is_page => {
            let mut answer = {
                let asked = parts.uri.path_and_query().map_or("/", |path| path.as_str());
                Redirect::to(&login_for(asked)).into_response()
            };
            if parts.headers.contains_key(COOKIE) {
                // A session that is over.
                if let Ok(value) = gate.end_cookie().parse() {
                    answer.headers_mut().insert("set-cookie", value);
                }
            }
            answer
        }
        Door::Alone(_) => PageError::NoToken.into_response(),
        _ => PageError::SignIn.into_response(),
    }
}

/// The case that a request is about: that of its path, or the one that is served.
async fn case_of(gate: &Gate, parts: &mut Parts) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok();
    let named = params.as_ref().and_then(|params| {
        params.iter().find(|(name, _)| *name == "case").map(|(_, value)| value.to_owned())
    });
    match (&gate.door, named) {
        (_, Some(named)) => Some(named),
        (Door::Alone(alone), None) => Some(alone.case.clone()),
        _ => None,
    }
}

/// What was asked for, without the case: the ids of the path.
fn subject_of(uri: &Uri, case: Option<&str>) -> String {
    let path = uri.path();
    let after = case.and_then(|_| {
        let (_, rest) = path.split_once("/cases/")?;
        Some(rest.split_once('/').map_or("", |(_, rest)| rest))
    });
    after.unwrap_or(path).trim_start_matches('/').to_owned()
}

/// The user with their role, if the rule allows it to them.
async fn role_of(
    gate: &Gate,
    identity: &Identity,
    rule: Rule,
    case: Option<&str>,
) -> Result<CurrentUser, PageError> {
    let user = |role, is_alone, reads_only| CurrentUser {
        name: identity.name.clone(),
        role,
        is_alone,
        reads_only,
        cases: None,
    };
    let door = match &gate.door {
        Door::Desk(door) => door,
        // Whoever has the token of one case does all there is, but for what is of a desk.
        _ if case.is_some_and(|case| !gate.logs.contains_key(case)) => {
            return Err(PageError::NotFound);
        }
        _ => {
            let user = user(Role::Lead, true, false);
            return if user.may(rule.permission) { Ok(user) } else { Err(PageError::Denied) };
        }
    };
    let Some(account) = identity.account.clone() else { return Err(PageError::SignIn) };
    let token = match &identity.via {
        Via::Token(token) => token.as_ref(),
        Via::Cookie { .. } => None,
    };
    let reads_only = token.is_some_and(|token| token.scope == Scope::Read);
    let is_admin = account.is_admin && token.is_none_or(|token| token.scope == Scope::Admin);
    // Tokens are made by people who have set up codes.
    let lacks_codes = gate.needs_codes && !account.has_totp && token.is_none();
    if lacks_codes && ![Permission::Anyone, Permission::SignedIn].contains(&rule.permission) {
        return Err(PageError::CodesFirst);
    }
    let of_the_desk =
        [Permission::Anyone, Permission::SignedIn, Permission::Accounts].contains(&rule.permission);
    let role = match case {
        // A token that is kept to a case says no more of the desk than whose it is.
        None if token.is_some_and(|t| t.case.is_some())
            && rule.permission == Permission::Accounts =>
        {
            return Err(PageError::Denied);
        }
        None if !of_the_desk => return Err(PageError::Denied),
        None if is_admin => Role::Admin,
        None => Role::Reader,
        Some(case) => {
            let is_kept_out =
                token.and_then(|t| t.case.as_deref()).is_some_and(|kept| kept != case);
            let (id, name) = (account.id, case.to_owned());
            let role = door.with(move |desk| Ok(desk.accounts.role(id, &name)?)).await?;
            let role = role.filter(|_| !is_kept_out && gate.logs.contains_key(case));
            match role {
                Some(role) => role,
                None if is_admin && Permission::Members == rule.permission => Role::Admin,
                // Who is in no way part of a case does not learn whether there is one.
                None => return Err(PageError::NotFound),
            }
        }
    };
    let mut user = user(role, false, reads_only);
    if case.is_none() {
        let kept = token.and_then(|token| token.case.clone());
        let cases = door.with(move |desk| Ok(desk.accounts.cases_of(account.id)?)).await?;
        let names = cases.into_iter().map(|(name, _)| name);
        user.cases = Some(names.filter(|name| kept.as_ref().is_none_or(|k| k == name)).collect());
    }
    // Memberships are an admin's also where they are a lead of the case.
    if user.may(rule.permission) { Ok(user) } else { Err(PageError::Denied) }
}

/// Refuses, and tells the log.
async fn refuse(
    gate: &Gate,
    identity: &Identity,
    case: Option<&str>,
    subject: String,
    refused: PageError,
) -> Response {
    // Of a case that is none, or not theirs, the desk's log tells.
    let log = case.filter(|_| refused == PageError::Denied).and_then(|case| gate.logs.get(case));
    if let Some(log) = log.or_else(|| gate.logs.get("")).cloned() {
        let subject = match case {
            Some(case) if refused != PageError::Denied => format!("cases/{case}/{subject}"),
            _ => subject,
        };
        let note = audit_note(&identity.name, AuditAction::Denied, vec![subject]);
        if append(log, note).await.is_err() {
            return PageError::NoLog.into_response();
        }
    }
    refused.into_response()
}

/// Runs the handler with the log around it.
async fn logged(pass: Pass, request: Request, next: Next) -> Response {
    let (Some(action), Some(log)) = (pass.rule.logged, pass.log) else {
        return next.run(request).await;
    };
    let note = audit_note(&pass.user, action, vec![pass.subject]);
    let is_read = matches!(action, AuditAction::View | AuditAction::Search | AuditAction::Export);
    if is_read {
        let answer = next.run(request).await;
        if answer.status().is_client_error() || answer.status().is_server_error() {
            return answer;
        }
        let mut note = note;
        note.subjects.extend(pass.trail.noted());
        return match append(log, note).await {
            Ok(_) => answer,
            Err(refused) => refused.into_response(),
        };
    }
    let began = match append(log.clone(), note.clone()).await {
        Ok(seq) => seq,
        Err(refused) => return refused.into_response(),
    };
    let answer = next.run(request).await;
    let noted = pass.trail.noted();
    let status = answer.status();
    if !noted.is_empty() || status.is_client_error() || status.is_server_error() {
        let mut ended = audit_note(&pass.user, action, noted);
        ended.of = Some(began);
        ended.outcome = Some(format!("{}", status.as_u16()));
        // What was done stands in the log already; that its end is missing stops the next write.
        let _ = append(log, ended).await;
    }
    answer
}

/// Appends a note and gives its number.
async fn append(log: AuditLog, note: case::AuditNote) -> Result<u64, PageError> {
    let done = tokio::task::spawn_blocking(move || log.append(&[note]));
    match done.await {
        Ok(Ok(entries)) => Ok(entries.last().map_or(0, |entry| entry.seq)),
        _ => Err(PageError::NoLog),
    }
}
