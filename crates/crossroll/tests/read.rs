//! What `read` says of a record, as a user or a program sees it.

#![expect(clippy::unwrap_used, reason = "a test that cannot run the program has failed")]

mod support;

use serde_json::Value;
use support::{crossroll, sandbox};

/// Reads a text file of this content.
fn read(text: &str) -> (Vec<Value>, Vec<Value>) {
    let sandbox = sandbox();
    let page = sandbox.path().join("page.txt");
    let problems = sandbox.path().join("problems.jsonl");
    std::fs::write(&page, text).unwrap();
    let (page, log) = (page.to_str().unwrap(), problems.to_str().unwrap());
    let run = crossroll(&["read", page, "--problems", log]);
    let parse = |text: &str| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (parse(&run.stdout), parse(&std::fs::read_to_string(&problems).unwrap()))
}

#[test]
fn a_record_tells_what_its_values_leave_open() {
    let (records, problems) = read(
        "Name: Sample Person\nKunya: Abu Simbel\nDate of birth: 31/02/1990\nNationality: French\n\
         Date of entry: 10 محرم 1435 هـ\nContact number: 01 99 00 12 34\n",
    );
    let details = &records[0]["details"];
    assert_eq!(details["birth_date"]["flaws"], serde_json::json!(["impossible_date"]));
    assert_eq!(details["entry_date"]["calendar"], "hijri");
    assert_eq!(details["entry_date"]["interval"], "2013-11-13/2013-11-14");
    assert_eq!(details["contact"]["assumed_country"], "FR");
    assert_eq!(records[0]["fields"]["contact"], "01 99 00 12 34");
    assert_eq!(records[0]["normalized"]["contact"], "+33199001234");
    assert!(details.get("nationality").is_none(), "{details}");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0]["kind"], "impossible_date");
}
