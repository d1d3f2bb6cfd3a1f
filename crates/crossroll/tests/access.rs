//! Who is let in, and who not: real requests to the real program.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use support::client::Server;
use support::desk::{Desk, PASSWORD, users};
use support::{crossroll, demo, sandbox};

fn one_case(folder: &std::path::Path) -> (Server, String) {
    demo(&folder.join("demo"));
    let case = folder.join("demo/case").to_str().unwrap().to_owned();
    (Server::start(&[&case, "--user", "ana"]), case)
}

#[test]
fn one_analyst_comes_in_by_the_link_that_was_printed_and_nobody_else() {
    let folder = sandbox();
    let (server, case) = one_case(folder.path());
    let token = server.token.clone().unwrap();
    assert_eq!(token.len(), 64);
    for headers in [
        &[][..],
        &[("Authorization", "Bearer 0000")],
        &[("Authorization", "Bearer ")],
        &[("Cookie", "crossroll-1=x")],
    ] {
        let reply = server.send("GET", "/plain/", headers, "");
        assert_eq!(reply.code, 401, "{headers:?}");
        assert!(!reply.text.contains("سمير"), "{}", reply.text);
    }
    assert_eq!(server.send("GET", "/?token=wrong", &[], "").code, 401);
    let reply = server.send("GET", &format!("/?token={token}"), &[], "");
    assert_eq!((reply.code, reply.header("location")), (303, Some("/")));
    let set = reply.header("set-cookie").unwrap();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(set.contains(word), "{set}");
    }
    let cookie = reply.cookie().unwrap();
    assert!(!cookie.contains(&token), "the token itself is in no cookie");
    let page = server.send("GET", "/plain/", &[("Cookie", &cookie)], "");
    assert_eq!(page.code, 200);
    assert!(page.text.contains("سمير كريم قنديل"));
    assert_eq!(server.send("GET", "/healthz", &[], "").code, 200);
    // The screens send whoever lost their cookie here, and take from the session what they need.
    let lost = server.send("GET", "/login", &[("Accept", "text/html")], "");
    assert!(lost.code == 401 && lost.text.contains("link"), "{}", lost.text);
    let session = server.send("GET", "/api/v1/session", &[("Cookie", &cookie)], "").json();
    assert_eq!((&session["user"], &session["is_alone"]), (&"ana".into(), &true.into()));
    let permissions = session["cases"][0]["permissions"].to_string();
    assert!(permissions.contains("\"decide\""), "{session}");
    let (origin, csrf) = (format!("http://{}", server.address), session["csrf"].as_str().unwrap());
    let path =
        format!("/api/v1/cases/{}/leads/query", session["cases"][0]["name"].as_str().unwrap());
    for (word, code) in [(csrf, 200), ("0000", 403)] {
        let headers = [
            ("Cookie", cookie.as_str()),
            ("Origin", &origin),
            ("X-CSRF-Token", word),
            ("Content-Type", "application/json"),
        ];
        assert_eq!(server.send("POST", &path, &headers, "{}").code, code);
    }
    // The log has it under the name that was given, and nothing of who was not let in but ids.
    drop(server);
    let log = crossroll(&["audit", "show", &case]).stdout;
    assert!(log.lines().any(|line| line.contains("\tana\tview\t")), "{log}");
    assert!(!log.contains("سمير"), "{log}");
}

#[test]
fn other_machines_are_let_in_with_accounts_and_tls_only() {
    let folder = sandbox();
    let (_server, case) = one_case(folder.path());
    let desk = folder.path().join("desk");
    std::fs::create_dir(&desk).unwrap();
    let desk = desk.to_str().unwrap();
    for (arguments, told) in [
        (&["serve", &case, "--listen", "0.0.0.0:0"][..], "no accounts"),
        (&["serve", &case, "--listen", "0.0.0.0:0", "--insecure-no-tls"], "no accounts"),
        (&["serve", "--cases", desk, "--listen", "0.0.0.0:0"], "no TLS"),
        (&["serve", &case, "--user", "Crossroll"], "nobody can be called crossroll"),
    ] {
        let answer = crossroll(arguments);
        assert_eq!(answer.code, 1, "{arguments:?}: {}", answer.stderr);
        assert!(answer.stderr.contains(told), "{}", answer.stderr);
    }
}

#[test]
fn the_first_run_of_a_desk_makes_an_admin_by_a_link_that_is_good_once() {
    let folder = sandbox();
    let desk = folder.path().join("desk");
    std::fs::create_dir(&desk).unwrap();
    let server = Server::start(&["--cases", desk.to_str().unwrap()]);
    let link = server.first.clone().unwrap();
    let code = link.split("code=").nth(1).unwrap().to_owned();
    assert_eq!(server.send("GET", &link, &[], "").code, 200, "looking does not use it up");
    for (password, again, fault) in [
        ("short", "short", "at least 12"),
        ("password12345", "password12345", "easy to guess"),
        (PASSWORD, "another one of it", "not the same"),
    ] {
        let fields = [("code", code.as_str()), ("password", password), ("again", again)];
        let reply = server.form("/welcome", "", &fields);
        assert_eq!(reply.code, 422, "{}", reply.text);
        assert!(reply.text.contains(fault), "{}", reply.text);
    }
    let fields = [("code", code.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(server.form("/welcome", "", &fields).code, 303);
    assert_eq!(server.form("/welcome", "", &fields).code, 410, "it was used");
    assert_eq!(server.send("GET", &link, &[], "").code, 410);
    let reply = server.form("/login", "", &[("name", "admin"), ("password", PASSWORD)]);
    assert_eq!(reply.code, 303, "{}", reply.text);
    drop(server);
    let again = Server::start(&["--cases", desk.to_str().unwrap()]);
    assert_eq!(again.first, None, "there is an admin");
    let kept = std::fs::read(desk.join("accounts.sqlite")).unwrap();
    for secret in [code.as_bytes(), PASSWORD.as_bytes()] {
        assert!(!kept.windows(secret.len()).any(|w| w == secret), "secrets are kept as hashes");
    }
}

#[test]
fn pages_of_signing_in_speak_the_language_of_the_screens_or_of_the_browser() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "analyst", "")]);
    let server = &desk.server;
    let ask = |headers: &[(&str, &str)]| server.send("GET", "/login", headers, "").text;
    assert!(ask(&[]).contains("<html lang=\"en\" dir=\"ltr\">"));
    let arabic = ask(&[("accept-language", "ar-SY, en;q=0.5")]);
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"), "{arabic}");
    assert!(arabic.contains("تسجيل الدخول") && !arabic.contains("Sign in"), "{arabic}");
    let chosen = ask(&[("accept-language", "ar"), ("cookie", "crossroll-language=fr")]);
    assert!(chosen.contains("se connecter"), "{chosen}");
    // What was wrong is said in it too, and what a stranger puts there is no markup.
    let (wrong, origin) = ("name=ana&password=nothing", format!("http://{}", server.address));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let told = server.send(
        "POST",
        "/login",
        &[form, ("origin", &origin), ("accept-language", "fr")],
        wrong,
    );
    assert_eq!(told.code, 401);
    assert!(told.text.contains("n’est pas juste"), "{}", told.text);
    let odd = ask(&[("cookie", "crossroll-language=\"><script>")]);
    assert!(odd.contains("<html lang=\"en\"") && !odd.contains("<script>"), "{odd}");
}

#[test]
fn a_login_begins_a_session_that_logout_a_new_password_and_a_shut_account_end() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "analyst", ""), ("root", "admin", "")]);
    let server = &desk.server;
    // Session fixation: what a stranger put into the browser is no session after login either.
    let planted =
        format!("crossroll-{}={}", server.address.split(':').nth(1).unwrap(), "a".repeat(64));
    let reply = server.form("/login", &planted, &[("name", "ana"), ("password", PASSWORD)]);
    let first = reply.cookie().unwrap();
    assert_ne!(first, planted);
    assert_eq!(server.send("GET", "/cases/one/", &[("Cookie", &planted)], "").code, 401);
    let see = |cookie: &str| server.send("GET", "/cases/one/", &[("Cookie", cookie)], "").code;
    assert_eq!(see(&first), 200);
    // Another login from that browser: the session before is over.
    let reply = server.form("/login", &first, &[("name", "ANA"), ("password", PASSWORD)]);
    let second = reply.cookie().unwrap();
    assert_eq!((see(&first), see(&second)), (401, 200));
    let third = desk.login("ana");
    let new = "seven quiet otters drum";
    let reply = server.form(
        "/account/password",
        &third.cookie,
        &[("csrf", &third.csrf), ("password", PASSWORD), ("new", new), ("again", new)],
    );
    assert_eq!(reply.code, 200, "{}", reply.text);
    assert_eq!((see(&second), see(&third.cookie)), (401, 200), "the other sessions end");
    let reply = server.form("/login", "", &[("name", "ana"), ("password", PASSWORD)]);
    assert_eq!(reply.code, 401, "the password before is none");
    let reply = server.form("/logout", &third.cookie, &[("csrf", &third.csrf)]);
    assert!(reply.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(reply.header("clear-site-data"), Some("\"cache\""));
    assert_eq!(see(&third.cookie), 401);
    let fourth = server.form("/login", "", &[("name", "ana"), ("password", new)]).cookie().unwrap();
    assert_eq!(see(&fourth), 200);
    users(&["users", "disable", &desk.path(""), "ana"]);
    assert_eq!(see(&fourth), 401);
    assert_eq!(server.form("/login", "", &[("name", "ana"), ("password", new)]).code, 401);
}

#[test]
fn whoever_signs_in_comes_back_to_the_page_they_asked_for_and_to_no_other_host() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "analyst", "")]);
    let server = &desk.server;
    let page = "/c/one/queue?status=possible&country=TN";
    let sent = server.send("GET", page, &[("Accept", "text/html")], "");
    let login = "/login?next=/c/one/queue%3Fstatus%3Dpossible%26country%3DTN";
    assert_eq!((sent.code, sent.header("location")), (303, Some(login)));
    let form = server.send("GET", login, &[], "").text;
    assert!(form.contains(r#"name="next" value="/c/one/queue?status=possible"#), "{form}");
    let with = |password, next| [("name", "ana"), ("password", password), ("next", next)];
    let wrong = server.form("/login", "", &with("no", page));
    assert!(wrong.code == 401 && wrong.text.contains(r#"name="next""#), "{}", wrong.text);
    let right = server.form("/login", "", &with(PASSWORD, page));
    assert_eq!((right.code, right.header("location")), (303, Some(page)));
    for foreign in
        ["//evil.example/c/", "https://evil.example/c/", "/\\evil.example", "/logout", "c"]
    {
        let asked =
            server.send("GET", &format!("/login?next={}", foreign.replace('\\', "%5C")), &[], "");
        assert!(!asked.text.contains("evil"), "{}", asked.text);
        let reply = server.form("/login", "", &with(PASSWORD, foreign));
        assert_eq!((reply.code, reply.header("location")), (303, Some("/")), "{foreign}");
    }
}

#[test]
fn what_is_wrong_with_a_login_is_not_told_apart_and_tries_are_slowed_down() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "analyst", "")]);
    let server = &desk.server;
    let mut answers = Vec::new();
    for name in ["ana", "nobody"] {
        for _ in 0..6 {
            let reply = server.form(
                "/login",
                "",
                &[("name", name), ("password", "not the password at all")],
            );
            answers.push((reply.code, reply.text.replace(|c: char| c.is_ascii_digit(), "")));
        }
    }
    assert_eq!(answers[..6], answers[6..], "a name that is none answers as one that is");
    assert_eq!(
        answers.iter().map(|a| a.0).collect::<Vec<_>>()[..6],
        [401, 401, 401, 401, 401, 429]
    );
    let reply = server.form("/login", "", &[("name", "ana"), ("password", PASSWORD)]);
    assert_eq!(reply.code, 429, "not even the right one, for a while");
    assert!(reply.header("retry-after").unwrap().parse::<u32>().unwrap() > 10);
}

/// Cross-site request forgery: the browser sends the cookie, the page is another's.
#[test]
fn a_page_of_another_site_writes_nothing() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("lea", "lead", "")]);
    let lea = desk.login("lea");
    let server = &desk.server;
    let own = format!("http://{}", server.address);
    let path = "/api/v1/cases/one/members/lea";
    let body = r#"{"role":"reader"}"#;
    for (origin, csrf) in [
        ("http://evil.example", lea.csrf.as_str()),
        ("null", &lea.csrf),
        (&own, "0000"),
        (&own, ""),
        ("https://127.0.0.1", &lea.csrf),
    ] {
        let headers = [
            ("Cookie", lea.cookie.as_str()),
            ("Origin", origin),
            ("X-CSRF-Token", csrf),
            ("Content-Type", "application/json"),
        ];
        let reply = server.send("PUT", path, &headers, body);
        assert_eq!(reply.code, 403, "{origin} {csrf}: {}", reply.text);
    }
    let headers = [("Cookie", lea.cookie.as_str()), ("X-CSRF-Token", &lea.csrf)];
    assert_eq!(server.send("PUT", path, &headers, body).code, 403, "no origin at all");
    let reply = server.form("/logout", &lea.cookie, &[("csrf", "guessed")]);
    assert_eq!(reply.code, 403);
    let json = [
        ("Cookie", lea.cookie.as_str()),
        ("Origin", own.as_str()),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    assert_eq!(server.send("PUT", path, &json, body).code, 403, "the word is not in a form there");
    let login =
        [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", "http://evil.example")];
    let reply = server.send("POST", "/login", &login, "name=lea&password=x");
    assert_eq!(reply.code, 403, "nobody is signed in from elsewhere");
    assert_eq!(desk.ask(&lea, "PUT", path, r#"{"role":"lead"}"#).code, 204);
    // The log has the first of them, and not each: who sends them needs no account.
    let log = crossroll(&["audit", "show", &desk.path("")]).stdout;
    let foreign: Vec<&str> = log.lines().filter(|line| line.contains("foreign page")).collect();
    assert!(foreign.len() == 1 && foreign[0].contains("\tlea\tdenied\t"), "{log}");
    assert!(foreign[0].contains("http://evil.example"), "{log}");
}

#[test]
fn codes_of_an_app_are_asked_for_and_good_once() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "analyst", "")]);
    let ana = desk.login("ana");
    let server = &desk.server;
    let wrong = [("csrf", ana.csrf.as_str()), ("password", "not it at all")];
    assert_eq!(server.form("/account/codes", &ana.cookie, &wrong).code, 422);
    let right = [("csrf", ana.csrf.as_str()), ("password", PASSWORD)];
    let page = server.form("/account/codes", &ana.cookie, &right).text;
    let secret = page.split("id=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let now =
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let before = code(&secret, now() / 30);
    let fields = [("csrf", ana.csrf.as_str()), ("code", before.as_str())];
    let reply = server.form("/account/codes/confirm", &ana.cookie, &fields);
    assert_eq!(reply.code, 200, "{}", reply.text);
    let login = |code: &str| {
        server.form("/login", "", &[("name", "ana"), ("password", PASSWORD), ("code", code)]).code
    };
    assert_eq!(login(""), 401);
    assert_eq!(login("000000"), 401);
    assert_eq!(login(&before), 401, "it was used to set them up");
    let next = code(&secret, now() / 30 + 1);
    assert_eq!(login(&next), 303);
    assert_eq!(login(&next), 401, "a code is good once");
    users(&["users", "reset", &desk.path(""), "ana"]);
    assert_eq!(login(&next), 401);
}

/// The code of a time step, computed apart from the program (RFC 6238) by Python, if there is one.
fn code(secret: &str, step: u64) -> String {
    let script = "import base64,hmac,struct,sys\n\
        k=base64.b32decode(sys.argv[1]); d=hmac.new(k,struct.pack('>Q',int(sys.argv[2])),'sha1').digest()\n\
        o=d[-1]&15; print('%06d' % ((struct.unpack('>I',d[o:o+4])[0]&0x7fffffff)%1000000))";
    let python = std::env::var("CROSSROLL_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = std::process::Command::new(python)
        .args(["-c", script, secret, &step.to_string()])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_token_does_what_its_scope_and_case_allow_and_can_be_taken_back() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("lea", "lead", "lead")]);
    let lea = desk.login("lea");
    let server = &desk.server;
    let make = |scope: &str, case: &str| {
        let fields = [
            ("csrf", lea.csrf.as_str()),
            ("password", PASSWORD),
            ("label", "import"),
            ("scope", scope),
            ("case", case),
            ("days", "1"),
        ];
        let page = server.form("/account/tokens", &lea.cookie, &fields);
        let token = page.text.split("this once: ").nth(1).map(|t| t[..64].to_owned());
        (page.code, token)
    };
    let (_, read) = make("read", "one");
    let (_, write) = make("write", "");
    assert_eq!(make("admin", "").0, 400, "only an admin has more to give");
    let ask = |token: &str, method: &str, path: &str, body: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
        server.send(method, path, &headers, body).code
    };
    let (read, write) = (read.unwrap(), write.unwrap());
    assert_eq!(ask(&read, "GET", "/cases/one/", ""), 200);
    assert_eq!(ask(&read, "GET", "/cases/two/", ""), 404, "it is kept to one case");
    let member = "/api/v1/cases/one/members/lea";
    assert_eq!(ask(&read, "PUT", member, r#"{"role":"lead"}"#), 403, "it reads");
    assert_eq!(ask(&write, "GET", "/cases/two/", ""), 200);
    assert_eq!(ask(&write, "PUT", member, r#"{"role":"lead"}"#), 204, "a token needs no page");
    let page = server.send("GET", "/account", &[("Cookie", &lea.cookie)], "").text;
    assert!(!page.contains(&read), "it is shown once");
    let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields = [("csrf", lea.csrf.as_str()), ("id", id)];
    assert_eq!(server.form("/account/tokens/revoke", &lea.cookie, &fields).code, 303);
    assert_eq!(ask(&read, "GET", "/cases/one/", ""), 401);
    // A token is no cookie and a cookie no token.
    let name = lea.cookie.split('=').next().unwrap();
    let as_cookie = format!("{name}={write}");
    assert_eq!(server.send("GET", "/cases/one/", &[("Cookie", &as_cookie)], "").code, 401);
    assert_eq!(ask(lea.cookie.split('=').nth(1).unwrap(), "GET", "/cases/one/", ""), 401);
}

/// References to what is another's: cases, accounts, and paths out of a case.
#[test]
fn nobody_reaches_a_case_they_are_not_in() {
    let folder = sandbox();
    let desk = Desk::new(
        folder.path(),
        &[("ana", "lead", ""), ("ben", "", "reader"), ("root", "admin", "")],
    );
    let (ana, ben, root) = (desk.login("ana"), desk.login("ben"), desk.login("root"));
    let home = desk.ask(&ana, "GET", "/cases/", "");
    assert!(home.text.contains("/cases/one/") && !home.text.contains("/cases/two/"));
    let lead = desk.ask(&ana, "GET", "/cases/one/", "").text;
    let link = lead.split("href=\"/cases/one/leads/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(desk.ask(&ana, "GET", &format!("/cases/one/leads/{link}"), "").code, 200);
    for path in [
        format!("/cases/two/leads/{link}"),
        "/cases/two/".to_owned(),
        "/cases/three/".to_owned(),
        "/api/v1/cases/two/members".to_owned(),
        "/api/v1/cases/two/audit".to_owned(),
        "/cases/two%2F/".to_owned(),
        "/cases/one%2F..%2Ftwo/".to_owned(),
        "/cases/..%2Fone/".to_owned(),
        "/cases/one/../two/".to_owned(),
        "/cases/one/documents/..%2F..%2Fcase.sqlite".to_owned(),
        "/cases/one/leads/..%2F..%2F..%2Fetc%2Fpasswd".to_owned(),
    ] {
        let reply = desk.ask(&ana, "GET", &path, "");
        assert_eq!(reply.code, 404, "{path}: {}", reply.text);
    }
    // What a case that is and one that is not say to a stranger is the same.
    let answers: Vec<String> = ["one", "three"]
        .map(|case| desk.ask(&ben, "GET", &format!("/cases/{case}/"), "").text)
        .into();
    assert_eq!(answers[0], answers[1]);
    // An admin gives out roles and sees nothing.
    assert_eq!(desk.ask(&root, "GET", "/cases/one/", "").code, 404);
    assert_eq!(desk.ask(&root, "GET", "/api/v1/cases/one/audit", "").code, 404);
    assert_eq!(desk.ask(&root, "GET", "/api/v1/cases/one/members", "").code, 200);
    // Escalation: a member gives themselves more, or looks after accounts.
    let up = r#"{"role":"lead"}"#;
    assert_eq!(desk.ask(&ben, "PUT", "/api/v1/cases/two/members/ben", up).code, 403);
    assert_eq!(desk.ask(&ana, "PUT", "/api/v1/cases/two/members/ana", up).code, 404);
    let admin = r#"{"role":"admin"}"#;
    assert_eq!(desk.ask(&ana, "PUT", "/api/v1/cases/one/members/ana", admin).code, 400);
    for (method, path, body) in [
        ("GET", "/api/v1/users", ""),
        ("POST", "/api/v1/users", r#"{"name":"eve","is_admin":true}"#),
        ("POST", "/api/v1/users/root/reset", ""),
        ("GET", "/api/v1/audit", ""),
    ] {
        assert_eq!(desk.ask(&ana, method, path, body).code, 403, "{path}");
        assert_ne!(desk.ask(&root, method, path, body).code, 403, "{path}");
    }
    // All of it stands in the logs.
    let log = crossroll(&["audit", "show", &desk.path("")]).stdout;
    for told in ["ana\tdenied\tcases/two/", "root\taccount\taccounts/eve"] {
        assert!(log.contains(told), "{told}: {log}");
    }
    let log = crossroll(&["audit", "show", &desk.path("two")]).stdout;
    assert!(log.contains("ben\tdenied\tmembers/ben"), "{log}");
    for folder in ["", "one", "two"] {
        let answer = crossroll(&["audit", "verify", &desk.path(folder)]);
        assert_eq!(answer.code, 0, "{folder}: {}{}", answer.stdout, answer.stderr);
    }
}

#[test]
fn the_answers_of_a_server_keep_browsers_from_harm() {
    let folder = sandbox();
    let desk = Desk::new(folder.path(), &[("ana", "lead", "")]);
    let ana = desk.login("ana");
    for path in [
        "/cases/",
        "/login",
        "/account",
        "/cases/one/",
        "/nowhere",
        "/api/v1/session",
        "/style.css",
    ] {
        let reply = desk.ask(&ana, "GET", path, "");
        let csp = reply.header("content-security-policy").unwrap();
        assert!(csp.starts_with("default-src 'none'") && !csp.contains("unsafe"), "{path}: {csp}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(reply.header("referrer-policy"), Some("same-origin"), "{path}");
        assert!(!reply.text.contains(" style=") && !reply.text.contains("<script"), "{path}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "evil.example:80", ""] {
        let reply = desk.server.send("GET", "/login", &[("Host", host)], "");
        assert!([400, 421].contains(&reply.code), "{host}: {}", reply.code);
    }
    let reply = desk.ask(&ana, "DELETE", "/cases/one/", "");
    assert_eq!((reply.code, reply.header("allow")), (405, Some("GET")));
}

#[test]
fn a_second_person_decides_without_seeing_the_first_decision() {
    let folder = sandbox();
    let roles = [("lea", "lead"), ("ana", "analyst"), ("cyr", "analyst"), ("bob", "reviewer")];
    let desk = Desk::new(folder.path(), &roles.map(|(name, role)| (name, role, "")));
    let [lea, ana, cyr, bob] = roles.map(|(name, _)| desk.login(name));
    let ask = |who, method: &str, path: &str, body: &serde_json::Value| {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        desk.ask(who, method, &format!("/api/v1/cases/one/{path}"), &body)
    };
    let get = |who, path: &str| ask(who, "GET", path, &serde_json::Value::Null).json();
    let policy = serde_json::json!({"text": "second = \"all\""});
    assert_eq!(ask(&ana, "PUT", "policy", &policy).code, 403);
    assert_eq!(ask(&lea, "PUT", "policy", &policy).code, 200);
    let id = get(&ana, "leads")["leads"][0]["id"].as_str().unwrap().to_owned();
    let lead = format!("leads/{id}");
    let decide = |who, status: &str| {
        let seen = get(&lea, &lead)["seq"].clone();
        let body = serde_json::json!({"seen": seen, "status": status, "reason": "because of it"});
        ask(who, "POST", &format!("{lead}/decision"), &body)
    };
    assert_eq!(decide(&ana, "possible").code, 200);
    for (path, at) in [(lead.clone(), "/lead"), ("leads".to_owned(), "/leads/0")] {
        let (hers, his) = (get(&ana, &path), get(&bob, &path));
        let (hers, his) = (hers.pointer(at).unwrap(), his.pointer(at).unwrap());
        assert_eq!(hers["decision"]["status"], "possible", "{path}");
        assert_eq!(his["decided"], "needs_second", "{path}");
        assert!(his["decision"].is_null(), "{path}: {his}");
    }
    for path in [lead.clone(), format!("{lead}/history"), "journal".to_owned()] {
        assert!(get(&ana, &path).to_string().contains("because of it"), "{path}");
        assert!(!get(&bob, &path).to_string().contains("because of it"), "{path}");
    }
    let refused = decide(&cyr, "possible");
    assert_eq!((refused.code, refused.json()["code"].clone()), (403, "not_reviewer".into()));
    assert_eq!(decide(&bob, "not_found").code, 200);
    assert_eq!(get(&ana, &lead)["lead"]["decided"], "disagreed");
    let refused = decide(&ana, "not_found");
    assert_eq!((refused.code, refused.json()["code"].clone()), (403, "disagreed".into()));
    assert_eq!(decide(&lea, "not_found").code, 200);
    assert_eq!(get(&bob, &lead)["lead"]["decided"], "decided");
}
