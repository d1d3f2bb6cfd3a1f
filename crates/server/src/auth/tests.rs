//! The table of routes against the table of roles, through the whole server but its socket.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use case::{Case, Desk, Secret, seconds_now};
use model::Role;
use tower::ServiceExt as _;

use super::door::csrf_of;
use super::rules::{RULES, Rule};
use super::{DeskDoor, Door, Gate, Permission};
use crate::app;
use crate::room::{Cases, OpenCase};

/// A desk of two cases with an account for each role in the first, whose cookies these are.
struct Staged {
    _folder: tempfile::TempDir,
    routes: Router,
    cookies: BTreeMap<Role, Secret>,
}

fn gate(door: Door, folder: &std::path::Path) -> Gate {
    let logs = [("", folder.to_owned()), ("one", folder.join("one")), ("two", folder.join("two"))];
    Gate {
        door,
        logs: logs.map(|(name, path)| (name.to_owned(), case::AuditLog::of(&path))).into(),
        hosts: vec!["localhost".to_owned()],
        cookie: "crossroll-1".to_owned(),
        is_tls: false,
        needs_codes: false,
        told: std::sync::Mutex::default(),
    }
}

fn staged() -> Staged {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk::open(folder.path()).unwrap();
    let open = ["one", "two"]
        .map(|name| OpenCase::open(Case::create(&folder.path().join(name)).unwrap()).unwrap());
    let mut cookies = BTreeMap::new();
    for role in Role::ALL {
        let account = desk.add_account(role.as_str(), role == Role::Admin, "test").unwrap();
        if role != Role::Admin {
            desk.set_member("one", role.as_str(), Some(role), "test").unwrap();
        }
        let secret = Secret::new().unwrap();
        let now = seconds_now();
        desk.accounts.begin_session(account.id, &secret.hash(), now, now + 1000).unwrap();
        cookies.insert(role, secret);
    }
    let door = Door::Desk(Arc::new(DeskDoor::new(desk)));
    let routes = app::of_cases(Cases::of(open), gate(door, folder.path()), true);
    Staged { _folder: folder, routes, cookies }
}

async fn ask(routes: &Router, rule: &Rule, case: &str, cookie: Option<&Secret>) -> StatusCode {
    let path = rule.path.replace("{case}", case).replace("{page}", "0.png");
    let path = path.replace("{id}", "none").replace("{name}", "nobody");
    let path = path.replace("{*screen}", "one");
    let mut request = Request::builder()
        .method(rule.method)
        .uri(path)
        .header("host", "localhost")
        .header("origin", "http://localhost")
        .header("content-type", "application/json");
    if let Some(cookie) = cookie {
        request = request
            .header("cookie", format!("crossroll-1={}", cookie.as_str()))
            .header("x-csrf-token", csrf_of(cookie.as_str()));
    }
    let request = request.body(Body::from("{}")).unwrap();
    routes.clone().oneshot(request).await.unwrap().status()
}

/// Rules of a desk; the others are of the analyst who works alone.
fn rules() -> impl Iterator<Item = &'static Rule> {
    // Where the screens were not built they have no routes.
    let is_there = |rule: &&Rule| !rule.path.starts_with("/c/") || crate::web::is_built();
    let of_desk =
        |rule: &&Rule| rule.path.contains("{case}") || rule.permission != Permission::View;
    RULES.iter().filter(is_there).filter(of_desk)
}

#[tokio::test]
async fn every_route_answers_each_role_as_the_table_says() {
    let staged = staged();
    for rule in rules() {
        for (role, cookie) in &staged.cookies {
            let answer = ask(&staged.routes, rule, "one", Some(cookie)).await;
            let what = format!("{} {} as {role}: {answer}", rule.method, rule.path);
            let is_refused = match role {
                // Whoever is not in a case does not learn that there is one.
                Role::Admin if rule.path.contains("{case}") => {
                    [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer)
                }
                _ => answer == StatusCode::FORBIDDEN,
            };
            let may_be_missing = *role == Role::Admin && answer == StatusCode::NOT_FOUND;
            if rule.permission.is_of(*role) {
                assert!(!is_refused || may_be_missing, "{what}");
                assert_ne!(answer, StatusCode::UNAUTHORIZED, "{what}");
            } else {
                assert!(is_refused, "{what}");
            }
        }
        let answer = ask(&staged.routes, rule, "one", None).await;
        let is_open = rule.permission == Permission::Anyone;
        assert_eq!(answer != StatusCode::UNAUTHORIZED, is_open, "{} {}", rule.method, rule.path);
    }
}

#[tokio::test]
async fn no_role_in_one_case_reaches_another() {
    let staged = staged();
    for rule in rules().filter(|rule| rule.path.contains("{case}")) {
        for (role, cookie) in &staged.cookies {
            // Memberships of every case are the admin's.
            if *role == Role::Admin && rule.permission == Permission::Members {
                continue;
            }
            for case in ["two", "three", "..%2Fone"] {
                let answer = ask(&staged.routes, rule, case, Some(cookie)).await;
                let what = format!("{} {} of {case} as {role}", rule.method, rule.path);
                assert_eq!(answer, StatusCode::NOT_FOUND, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn a_route_without_a_rule_is_refused_whoever_asks() {
    let staged = staged();
    let folder = tempfile::tempdir().unwrap();
    let door = Door::Desk(Arc::new(DeskDoor::new(Desk::open(folder.path()).unwrap())));
    let gate = Arc::new(gate(door, folder.path()));
    let routes = Router::new()
        .route("/forgotten", get(|| async { "shown" }))
        .layer(axum::middleware::from_fn_with_state(gate, super::pass));
    let rule =
        Rule { method: "GET", path: "/forgotten", permission: Permission::Anyone, logged: None };
    for cookie in staged.cookies.values().map(Some).chain([None]) {
        assert_eq!(ask(&routes, &rule, "one", cookie).await, StatusCode::FORBIDDEN);
    }
}
