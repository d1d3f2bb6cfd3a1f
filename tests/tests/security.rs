//! What the source itself shows of docs/security/asvs.md: no other way out, no text that runs, nothing kept
//! where it should not be.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Files below a folder with one of these endings, by their path below the root, without tests.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), found);
            } else {
                found.push(entry.path());
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    collect(&root.join(folder), &mut found);
    found.sort();
    let is_source = |path: &str| {
        let is_test =
            path.contains("/tests/") || path.contains("tests.rs") || path.contains(".test.");
        endings.iter().any(|ending| path.ends_with(ending)) && !is_test
    };
    let relative = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
    let named = found.iter().map(relative).filter(|path| is_source(path));
    let all: Vec<_> =
        named.map(|path| (fs::read_to_string(root.join(&path)).unwrap(), path)).collect();
    assert!(all.len() > 2, "{folder} is not where it was");
    all.into_iter().map(|(text, path)| (path, text)).collect()
}

fn crates() -> Vec<(String, String)> {
    let all = sources("crates", &[".rs"]);
    all.into_iter().filter(|(path, _)| path.contains("/src/")).collect()
}

/// The part of a file before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap()
}

fn files_with(sources: &[(String, String)], words: &[&str]) -> BTreeSet<String> {
    let has = |text: &str| words.iter().any(|word| code(text).contains(word));
    sources.iter().filter(|(_, text)| has(text)).map(|(path, _)| path.clone()).collect()
}

#[test]
fn readers_are_the_only_programs_that_are_started() {
    let found = files_with(&crates(), &["Command::new(", "process::Command"]);
    assert_eq!(found, ["crates/intake/src/isolate/pool.rs".to_owned()].into());
}

#[test]
fn unsafe_code_stands_in_three_files() {
    let found = files_with(&crates(), &["unsafe {", "unsafe fn", "unsafe impl", "unsafe extern"]);
    let known =
        ["intake/src/isolate/worker.rs", "intake/src/ocr/tesseract.rs", "store/src/segments.rs"];
    assert_eq!(found, known.map(|path| format!("crates/{path}")).into());
    let lints = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    for lint in ["unsafe_code", "cast_possible_truncation", "cast_sign_loss", "cast_possible_wrap"]
    {
        assert!(lints.contains(&format!("{lint} = \"deny\"")), "{lint}");
    }
}

/// `lists fetch` alone goes out, and it is a command, not a route.
#[test]
fn nothing_but_the_command_that_fetches_speaks_to_other_machines() {
    let ways = ["ureq::", "reqwest::", "TcpStream::connect", "UdpSocket", "ToSocketAddrs"];
    for path in files_with(&crates(), &ways) {
        assert!(path.starts_with("crates/crossroll/src/fetch"), "{path}");
    }
    let server = fs::read_to_string(root().join("crates/server/Cargo.toml")).unwrap();
    assert!(!server.contains("ureq") && !server.contains("reqwest"), "{server}");
}

#[test]
fn pages_are_templates_that_escape_and_were_compiled_in() {
    for (path, text) in sources("crates/server/templates", &[".html"]) {
        // The style sheet of the plain pages, which is a file beside them.
        let rest = text.replace("<style>{{ style|safe }}</style>", "");
        for word in ["|safe", "escape none", "<script", " onclick", "javascript:"] {
            assert!(!rest.contains(word), "{word} in {path}");
        }
    }
    assert_eq!(files_with(&crates(), &["Html(format!"]), BTreeSet::new());
}

#[test]
fn passwords_are_typed_into_fields_for_passwords_that_managers_know() {
    for (path, text) in sources("crates/server/templates", &[".html"]) {
        for field in text.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            if ["\"password\"", "\"new\"", "\"again\""]
                .iter()
                .any(|n| field.contains(&format!("name={n}")))
            {
                assert!(field.contains("type=\"password\""), "{path}: {field}");
                assert!(field.contains("autocomplete=\""), "{path}: {field}");
                assert!(
                    !field.contains("onpaste") && !field.contains("maxlength"),
                    "{path}: {field}"
                );
            }
        }
    }
}

#[test]
fn the_screens_run_no_text_and_merge_no_foreign_names() {
    let screens = sources("web/src", &[".ts", ".tsx"]);
    let words = [
        "eval(",
        "new Function",
        "innerHTML",
        "dangerouslySetInnerHTML",
        "document.write",
        "Object.assign",
        "__proto__",
        "http://",
        "https://",
    ];
    assert_eq!(files_with(&screens, &words), BTreeSet::new());
}

/// Settings of the person stay; what a tab remembers of its work goes with the tab.
#[test]
fn the_screens_keep_nothing_of_a_case_in_the_browser_for_good() {
    let screens = sources("web/src", &[".ts", ".tsx"]);
    let known = [
        "i18n/use-text.tsx",
        "keys/keys-provider.tsx",
        "parts/latin.tsx",
        "shell/theme.tsx",
        "work/blind.tsx",
    ];
    assert_eq!(
        files_with(&screens, &["localStorage"]),
        known.map(|path| format!("web/src/{path}")).into()
    );
    assert_eq!(files_with(&screens, &["indexedDB", "caches.open"]), BTreeSet::new());
    // The language, for the pages of signing in.
    let told = BTreeSet::from(["web/src/i18n/use-text.tsx".to_owned()]);
    assert_eq!(files_with(&screens, &["document.cookie"]), told);
}

#[test]
fn what_changes_something_takes_no_field_that_it_does_not_know() {
    let mut bodies = 0;
    for (path, text) in sources("crates/server/src/api", &[".rs"]) {
        // Attributes stand before the name.
        for (before, after) in
            text.match_indices("struct ").map(|(at, word)| text.split_at(at + word.len()))
        {
            let name = after.split(|c: char| !c.is_alphanumeric()).next().unwrap();
            let own = before.rsplit("\n\n").next().unwrap();
            if own.contains("Deserialize") && own.contains("ToSchema") {
                bodies += 1;
                assert!(own.contains("deny_unknown_fields"), "{name} in {path}");
            }
        }
    }
    assert!(bodies > 10, "{bodies} bodies");
}

#[test]
fn the_self_check_names_tests_that_are_there() {
    let text = fs::read_to_string(root().join("docs/security/asvs.md")).unwrap();
    let mut named = 0;
    for (file, rest) in text.match_indices(".rs`: `").map(|(at, _)| text.split_at(at)) {
        let file = format!("{}.rs", file.rsplit('`').next().unwrap());
        let test = rest.trim_start_matches(".rs`: `").split('`').next().unwrap();
        let folder = if file.starts_with("tests/") { "tests" } else { "crates" };
        let source = fs::read_to_string(root().join(folder).join(&file));
        let source = source.unwrap_or_else(|_| panic!("there is no {file}"));
        assert!(source.contains(&format!("fn {test}(")), "{file} has no test {test}");
        named += 1;
    }
    assert!(named > 100, "{named} tests are named");
    // The figures at the head are those of the table.
    let state =
        |line: &str| line.split('|').nth(3).map(|cell| cell.trim().trim_matches('*').to_owned());
    let lines = text.lines().filter(|l| l.starts_with("| ") && l.as_bytes()[2].is_ascii_digit());
    let states: Vec<String> = lines.filter_map(state).collect();
    let count = |word: &str| states.iter().filter(|state| *state == word).count();
    let head = format!(
        "Lines: {} met, {} in part, {} not met, {} not applicable.",
        count("met"),
        count("in part"),
        count("not met"),
        count("n/a")
    );
    assert!(text.contains(&head), "{head}");
}
