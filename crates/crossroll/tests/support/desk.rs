//! A desk with two cases and an account for each role, in a server.

use std::path::{Path, PathBuf};

use super::client::Server;
use super::{Answer, crossroll};

/// A password that the server takes.
pub const PASSWORD: &str = "harbour lantern oblique 7";

/// A folder of cases and its server.
pub struct Desk {
    /// The folder.
    pub folder: PathBuf,
    /// The server.
    pub server: Server,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    /// What the browser sends.
    pub cookie: String,
    /// The word of its pages.
    pub csrf: String,
}

impl Desk {
    /// A desk with the cases `one` and `two`, each with a record, and `people`: name, role in `one`, role
    /// in `two`; the role `admin` makes an admin.
    pub fn new(root: &Path, people: &[(&str, &str, &str)]) -> Self {
        let folder = root.join("desk");
        std::fs::create_dir(&folder).unwrap();
        for name in ["one", "two"] {
            let case = folder.join(name);
            let stick = root.join(format!("{name}-stick"));
            std::fs::create_dir(&stick).unwrap();
            let rows = "name,birth_date\nSamir Example,1985-03-14\n";
            std::fs::write(stick.join("register.csv"), rows).unwrap();
            for arguments in [
                &["new", case.to_str().unwrap()][..],
                &["add", case.to_str().unwrap(), stick.to_str().unwrap()],
                &["run", case.to_str().unwrap()],
            ] {
                let answer = crossroll(arguments);
                assert!([0, 3].contains(&answer.code), "{arguments:?}: {}", answer.stderr);
            }
        }
        let mut links = Vec::new();
        for (name, one, two) in people {
            let mut arguments = vec!["users", "add", folder.to_str().unwrap(), name];
            if *one == "admin" {
                arguments.push("--admin");
            }
            links.push(users(&arguments).stdout.trim().to_owned());
            for (case, role) in [("one", one), ("two", two)] {
                if !["", "admin"].contains(role) {
                    let folder = folder.to_str().unwrap();
                    users(&["users", "member", folder, case, name, role]);
                }
            }
        }
        let server = Server::start(&["--cases", folder.to_str().unwrap()]);
        for link in links {
            let code = link.split("code=").nth(1).unwrap();
            let fields = [("code", code), ("password", PASSWORD), ("again", PASSWORD)];
            let reply = server.form("/welcome", "", &fields);
            assert_eq!(reply.code, 303, "{}", reply.text);
        }
        Self { folder, server }
    }

    /// Signs somebody in.
    pub fn login(&self, name: &str) -> Person {
        let reply = self.server.form("/login", "", &[("name", name), ("password", PASSWORD)]);
        assert_eq!(reply.code, 303, "{}", reply.text);
        let cookie = reply.cookie().unwrap();
        let session = self.server.send("GET", "/api/v1/session", &[("Cookie", &cookie)], "");
        let csrf = session.json()["csrf"].as_str().unwrap().to_owned();
        Person { cookie, csrf }
    }

    /// Sends what a script of the server's own pages would.
    pub fn ask(&self, who: &Person, method: &str, path: &str, body: &str) -> super::client::Reply {
        let origin = format!("http://{}", self.server.address);
        let headers = [
            ("Cookie", who.cookie.as_str()),
            ("X-CSRF-Token", &who.csrf),
            ("Origin", &origin),
            ("Content-Type", "application/json"),
        ];
        self.server.send(method, path, &headers, body)
    }

    /// Path of the folder as text.
    pub fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().unwrap().to_owned()
    }
}

/// Runs `users`, which must succeed.
pub fn users(arguments: &[&str]) -> Answer {
    let answer = crossroll(arguments);
    assert_eq!(answer.code, 0, "{arguments:?}: {}", answer.stderr);
    answer
}
