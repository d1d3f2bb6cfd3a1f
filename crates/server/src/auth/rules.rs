//! The table of routes: what each needs and what the audit log says of it.
//!
//! A route without a rule is refused, signed in or not. `{case}` in a path is the case that the
//! permission is asked for; a path without it is about the desk, or about the one case that is served.

use model::AuditAction;

use crate::auth::Permission;

/// What a route needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Method in capitals.
    pub(crate) method: &'static str,
    /// Path as it is given to the router.
    pub(crate) path: &'static str,
    /// What it needs.
    pub(crate) permission: Permission,
    /// What the log calls it; `None` for what tells nothing of a case and changes nothing.
    pub(crate) logged: Option<AuditAction>,
}

const fn rule(
    method: &'static str,
    path: &'static str,
    permission: Permission,
    logged: Option<AuditAction>,
) -> Rule {
    Rule { method, path, permission, logged }
}

/// All rules.
pub(crate) const RULES: &[Rule] = {
    use AuditAction::{
        Account, Decision, Edit, Erase, Export as Left, Search as Asked, View as Seen,
    };
    use Permission::{
        Accounts, Add, Anyone, Audit, Decide, Export, Judge, Members, Original, Protect, Run,
        Search, Settings, SignedIn, View,
    };
    &[
        rule("GET", "/healthz", Anyone, None),
        rule("GET", "/style.css", Anyone, None),
        // The way in, of a desk.
        rule("GET", "/login", Anyone, None),
        rule("POST", "/login", Anyone, None),
        rule("GET", "/welcome", Anyone, None),
        rule("POST", "/welcome", Anyone, None),
        rule("POST", "/logout", SignedIn, None),
        rule("GET", "/account", SignedIn, None),
        rule("POST", "/account/password", SignedIn, Some(Account)),
        rule("POST", "/account/codes", SignedIn, Some(Account)),
        rule("POST", "/account/codes/confirm", SignedIn, Some(Account)),
        rule("POST", "/account/codes/off", SignedIn, Some(Account)),
        rule("POST", "/account/sessions/end", SignedIn, Some(Account)),
        rule("POST", "/account/tokens", SignedIn, Some(Account)),
        rule("POST", "/account/tokens/revoke", SignedIn, Some(Account)),
        rule("GET", "/api/v1/session", SignedIn, None),
        rule("GET", "/api/v1/users", Accounts, Some(Seen)),
        rule("POST", "/api/v1/users", Accounts, Some(Account)),
        rule("POST", "/api/v1/users/{name}/reset", Accounts, Some(Account)),
        rule("POST", "/api/v1/users/{name}/disable", Accounts, Some(Account)),
        rule("POST", "/api/v1/users/{name}/enable", Accounts, Some(Account)),
        rule("GET", "/api/v1/audit", Accounts, Some(Seen)),
        // The pages of a case, where one is served and where it is one of several.
        rule("GET", "/", SignedIn, Some(Seen)),
        rule("GET", "/plain/", View, Some(Seen)),
        rule("GET", "/plain", View, Some(Seen)),
        rule("GET", "/plain/leads/{id}", View, Some(Seen)),
        rule("GET", "/plain/documents/{id}", View, Some(Seen)),
        rule("GET", "/plain/documents/{id}/pages/{page}", View, Some(Seen)),
        rule("GET", "/api/accounting", View, Some(Seen)),
        rule("GET", "/cases/{case}/", View, Some(Seen)),
        rule("GET", "/cases/{case}/leads/{id}", View, Some(Seen)),
        rule("GET", "/cases/{case}/documents/{id}", View, Some(Seen)),
        rule("GET", "/cases/{case}/documents/{id}/pages/{page}", View, Some(Seen)),
        rule("GET", "/cases/{case}", View, Some(Seen)),
        rule("GET", "/cases/", SignedIn, None),
        // The screens: files that say nothing of any case.
        rule("GET", "/c/{*screen}", SignedIn, None),
        rule("GET", "/icon.svg", Anyone, None),
        rule("GET", "/assets/{name}", Anyone, None),
        // Members, log and protection of a case.
        rule("GET", "/api/v1/cases/{case}/members", Members, Some(Seen)),
        rule("PUT", "/api/v1/cases/{case}/members/{name}", Members, Some(Account)),
        rule("DELETE", "/api/v1/cases/{case}/members/{name}", Members, Some(Account)),
        rule("GET", "/api/v1/cases/{case}/audit", Audit, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/protection", View, Some(Seen)),
        rule("PUT", "/api/v1/cases/{case}/protection", Settings, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/protection/restrict", Protect, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/protection/category", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/protection/erase", Protect, Some(Erase)),
        // The API of a case.
        rule("GET", "/api/v1/openapi.json", SignedIn, None),
        rule("GET", "/api/v1/cases", SignedIn, None),
        rule("GET", "/api/v1/cases/{case}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/overview", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/documents", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/documents/{id}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/documents/{id}/layout", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/documents/{id}/pages/{page}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/documents/{id}/original", Original, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/records", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/entities/{id}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/pairs", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/leads", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/leads/{id}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/leads/{id}/history", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/judgements", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/journal", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/clusters/{id}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/network/around/{id}", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/network/path", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/saved", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/lists", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/lists/{id}/versions", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/lists/{id}/diff", View, Some(Seen)),
        rule(
            "GET",
            "/api/v1/cases/{case}/lists/{id}/versions/{version}/entities/{entity}",
            View,
            Some(Seen),
        ),
        rule("GET", "/api/v1/cases/{case}/rules", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/templates", View, Some(Seen)),
        rule("GET", "/api/v1/cases/{case}/events", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/leads/query", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/bulk/preview", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/clusters/{id}/split/preview", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/merge/preview", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/leads/{id}/decision", Decide, Some(Decision)),
        rule("POST", "/api/v1/cases/{case}/bulk", Decide, Some(Decision)),
        rule("POST", "/api/v1/cases/{case}/leads/{id}/assignment", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/judgements", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/notes", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/marks", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/life-claims", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/gradings", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/corrections", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/undo", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/clusters/{id}/split", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/merge", Judge, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/search", Search, Some(Asked)),
        rule("POST", "/api/v1/cases/{case}/search/batch", Search, Some(Asked)),
        rule("POST", "/api/v1/cases/{case}/saved", Search, Some(Edit)),
        rule("DELETE", "/api/v1/cases/{case}/saved/{id}", Search, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/exports", Export, Some(Left)),
        rule("PUT", "/api/v1/cases/{case}/rules", Settings, Some(Edit)),
        rule("GET", "/api/v1/cases/{case}/policy", View, Some(Seen)),
        rule("PUT", "/api/v1/cases/{case}/policy", Settings, Some(Edit)),
        rule("POST", "/api/v1/cases/{case}/templates", Add, Some(Edit)),
        rule("GET", "/api/v1/cases/{case}/templates/unknown", View, Some(Seen)),
        rule("POST", "/api/v1/cases/{case}/jobs", Run, Some(Edit)),
        rule("DELETE", "/api/v1/cases/{case}/jobs/{id}", Run, Some(Edit)),
        // How far work has come says nothing of anybody, and is asked every second.
        rule("GET", "/api/v1/cases/{case}/jobs", View, None),
        rule("GET", "/api/v1/cases/{case}/jobs/{id}", View, None),
    ]
};

/// Whether a route takes the form of a page, whose word the handler checks (`SignedForm`).
pub(crate) fn is_form(path: &str) -> bool {
    path == "/logout" || path.starts_with("/account/")
}

/// The methods that a path has rules for.
pub(crate) fn methods_of(path: &str) -> Vec<&'static str> {
    RULES.iter().filter(|rule| rule.path == path).map(|rule| rule.method).collect()
}

/// The rule of a route. `HEAD` is `GET` without a body.
pub(crate) fn rule_of(method: &str, path: &str) -> Option<&'static Rule> {
    let method = if method == "HEAD" { "GET" } else { method };
    RULES.iter().find(|rule| rule.method == method && rule.path == path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_has_one_rule() {
        let keys: BTreeSet<(&str, &str)> = RULES.iter().map(|r| (r.method, r.path)).collect();
        assert_eq!(keys.len(), RULES.len());
    }

    #[test]
    fn what_is_only_read_is_asked_for_with_get() {
        let reads = [None, Some(AuditAction::View)];
        for rule in RULES.iter().filter(|rule| rule.method == "GET") {
            assert!(reads.contains(&rule.logged), "{} is a GET and does something", rule.path);
        }
    }

    #[test]
    fn what_needs_a_permission_of_a_case_is_logged() {
        for rule in RULES {
            let of_the_desk = [Permission::Anyone, Permission::SignedIn];
            assert!(
                rule.logged.is_some()
                    || of_the_desk.contains(&rule.permission)
                    || rule.path.contains("/jobs"),
                "{} {} tells of a case and is not logged",
                rule.method,
                rule.path
            );
        }
    }
}
