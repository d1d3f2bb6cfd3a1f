//! The program `schemathesis` against our description on the demo case: no failure of ours, no answer
//! that the description does not have.
//!
//! Runs the program `st` beside `CROSSROLL_PYTHON` or in `.venv/bin`, which `make setup` provides.
//! Without either the test says so and passes, except where `CI` is set.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::http::Served;
use support::{demo, sandbox};

/// Requests of each operation and phase. Some 50 operations take half a minute.
const EXAMPLES: &str = "12";

fn schemathesis() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?.to_owned();
    let named = std::env::var_os("CROSSROLL_PYTHON").map(PathBuf::from);
    let candidates = named.into_iter().chain([root.join(".venv/bin/python")]);
    candidates.filter_map(|python| Some(python.parent()?.join("st"))).find(|st| st.is_file())
}

#[test]
fn nothing_that_fits_or_does_not_fit_makes_the_server_fail() {
    let Some(st) = schemathesis() else {
        assert!(std::env::var_os("CI").is_none(), "no schemathesis: run `make setup`");
        eprintln!("no schemathesis here: run `make setup`");
        return;
    };
    let folder = sandbox();
    demo(&folder.path().join("demo"));
    let case = folder.path().join("demo/case").to_str().unwrap().to_owned();
    let server = Served::start(&[&case], &[]);
    let output = Command::new(st)
        .current_dir(folder.path())
        .args(["run", &format!("http://{}/api/v1/openapi.json", server.address)])
        .args(["--url", &format!("http://{}", server.address)])
        .args(["--header", server.bearer.trim()])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,\
             response_schema_conformance",
        ])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES])
        .args(["--max-time", "240", "--request-timeout", "30", "--generation-deterministic"])
        // Events never end, and a job with a made-up path could add this machine's own files.
        .args(["--exclude-operation-id", "events_events"])
        .args(["--exclude-operation-id", "jobs_begin"])
        .args(["--continue-on-failure", "--no-color"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(server.get("/healthz").code, 200, "the server still answers");
}
