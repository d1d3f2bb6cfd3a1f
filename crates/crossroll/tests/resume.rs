//! A killed `add` goes on, and ends in the same ledger as one that was not.

mod support;

use std::process::Stdio;
use std::time::Duration;

use support::{command, crossroll, demo, sandbox};

#[test]
fn a_killed_add_resumes_to_the_same_store() {
    let folder = sandbox();
    let made = folder.path().join("demo");
    demo(&made);
    let whole = crossroll(&["documents", made.join("case").to_str().unwrap(), "--json"]).stdout;
    let cache = made.join("cache");
    let case = folder.path().join("killed");
    let case = case.to_str().unwrap();
    crossroll(&["new", case]);
    for wait_ms in [5, 40, 150, 400] {
        let mut child = command()
            .args(["add", case, cache.to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(wait_ms));
        let _ = child.kill();
        child.wait().unwrap();
    }
    crossroll(&["add", case, cache.to_str().unwrap()]);
    assert_eq!(crossroll(&["documents", case, "--json"]).stdout, whole);
    crossroll(&["lists", "add", case, made.join("watchlist.csv").to_str().unwrap()]);
    crossroll(&["run", case]);
    let leads = |case: &str| crossroll(&["leads", case, "--json"]).stdout;
    assert_eq!(leads(case), leads(made.join("case").to_str().unwrap()));
}
