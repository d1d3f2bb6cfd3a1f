//! The API of a case over real HTTP: what every resource answers on the demo, and what happens when
//! people act, at the same time, in bulk, and take it back.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::http::{Response, Served};
use support::{crossroll, demo, sandbox};

const CASE: &str = "/api/v1/cases/case";

/// The demo case and its server; the folder goes with them.
struct Desk {
    server: Served,
    case: String,
    _folder: tempfile::TempDir,
}

fn desk() -> Desk {
    let folder = sandbox();
    demo(&folder.path().join("demo"));
    let case = folder.path().join("demo/case").to_str().unwrap().to_owned();
    Desk { server: Served::start(&[&case], &[]), case, _folder: folder }
}

impl Desk {
    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Response {
        self.server.ask(method, path, &format!("Content-Type: {kind}\r\n"), body)
    }

    fn get(&self, path: &str) -> Value {
        let reply = self.server.get(&format!("{CASE}{path}"));
        assert_eq!(reply.code, 200, "{path}: {}", String::from_utf8_lossy(&reply.body));
        reply.json()
    }

    fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let reply = self.server.post(&format!("{CASE}{path}"), body);
        (reply.code, if reply.body.is_empty() { Value::Null } else { reply.json() })
    }

    fn done(&self, path: &str, body: &Value) -> Value {
        let (status, answer) = self.post(path, body);
        assert_eq!(status, 200, "{path} {body}: {answer}");
        answer
    }

    /// Waits until all that was said and loaded shows in the leads.
    fn settle(&self) {
        let deadline = Instant::now() + Duration::from_mins(1);
        while self.get("")["needs_run"] == true {
            assert!(Instant::now() < deadline, "the leads are never brought up to date");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits for a job to end.
    fn job(&self, body: &Value) -> Value {
        let (status, job) = self.post("/jobs", body);
        assert_eq!(status, 202, "{job}");
        let path = format!("/jobs/{}", job["id"]);
        let deadline = Instant::now() + Duration::from_mins(2);
        loop {
            let job = self.get(&path);
            if !["waiting", "running"].contains(&job["state"].as_str().unwrap()) {
                return job;
            }
            assert!(Instant::now() < deadline, "{job}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The lead of a status that has the best rank.
    fn lead_of(&self, status: &str) -> Value {
        let body = json!({"filter": {"facets": {"status": [status]}}, "limit": 1});
        self.done("/leads/query", &body)["leads"][0].clone()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Times differ from run to run, and so do sizes of what holds them.
fn steady(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match key.as_str() {
                    "time" | "acquired_at" | "acquired_path" => *field = json!("…"),
                    // Figures are tested where they are made.
                    "weight" | "score" | "probability" | "prior" | "best_lead_score"
                    | "best_listed_score" => {
                        if let Some(number) = field.as_f64() {
                            *field = json!((number * 100.0).round() / 100.0);
                        }
                    }
                    _ => steady(field),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(steady),
        _ => {}
    }
}

fn golden(name: &str, mut value: Value) {
    steady(&mut value);
    let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api");
    expect_test::expect_file![path.join(format!("{name}.json"))].assert_eq(&text);
}

#[test]
fn every_resource_answers_as_it_did() {
    let desk = desk();
    golden("cases", desk.server.get("/api/v1/cases").json());
    golden("case", desk.get(""));
    golden("overview", desk.get("/overview"));
    golden("documents", desk.get("/documents?limit=3"));
    golden("corrupt", desk.get("/documents?state=corrupt"));
    golden("leads", desk.get("/leads?limit=2"));
    let body = json!({"filter": {"facets": {"status": ["listed"]}}, "facets": true, "limit": 1});
    golden("query", desk.done("/leads/query", &body));
    let lead = desk.lead_of("listed");
    let id = text(&lead["id"]);
    let whole = desk.get(&format!("/leads/{id}"));
    golden("lead", whole.clone());
    let document = text(&whole["records"][0]["document"]).to_owned();
    golden("document", desk.get(&format!("/documents/{document}")));
    golden("layout", desk.get(&format!("/documents/{document}/layout")));
    golden("records", desk.get("/records?limit=2"));
    golden("record", desk.get(&format!("/entities/{id}")));
    let entry = text(&whole["matches"][0]["entity"]).to_owned();
    golden("entry", desk.get(&format!("/entities/{entry}")));
    golden("pair", desk.get(&format!("/pairs?left={id}&right={entry}")));
    let several = desk.done("/leads/query", &json!({"limit": 1000}));
    let several = several["leads"].as_array().unwrap();
    let several = several.iter().find(|lead| lead["records"].as_u64() > Some(1)).unwrap();
    golden("cluster", desk.get(&format!("/clusters/{}", text(&several["id"]))));
    golden("network", desk.get(&format!("/network/around/{id}")));
    golden("search", desk.done("/search", &json!({"q": "سمير قنديل", "top": 2})));
    golden("lists", desk.get("/lists"));
    golden("templates", desk.get("/templates"));
    golden("jobs", desk.get("/jobs"));
    golden("saved", desk.get("/saved"));
    assert!(text(&desk.get("/rules")["text"]).contains("[rank]"));
    assert_eq!(desk.get("/journal"), json!([]));
    assert_eq!(desk.get("/judgements"), json!([]));
    // The pair of the lead and its entry has one number everywhere.
    let pair = desk.get(&format!("/pairs?left={id}&right={entry}"));
    assert_eq!(pair["score"], whole["matches"][0]["score"]);
    assert_eq!(pair["score"], lead["best"]["score"]);
}

/// `UPDATE_EXPECT=1 cargo test -p crossroll --test api` writes it anew.
#[test]
fn the_committed_description_is_that_of_the_server() {
    let desk = desk();
    let api = desk.server.get("/api/v1/openapi.json").json();
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let text = serde_json::to_string_pretty(&api).unwrap() + "\n";
    expect_test::expect_file![path].assert_eq(&text);
    let mut names = std::collections::BTreeSet::new();
    for item in api["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(names.insert(text_of(&operation["operationId"])), "{operation}");
        }
    }
    assert!(names.len() > 45);
}

fn text_of(value: &Value) -> String {
    text(value).to_owned()
}

#[test]
fn documents_are_shown_as_images_and_given_as_they_came() {
    let desk = desk();
    let all = desk.get("/documents?state=read&limit=1000");
    let pdf = all["documents"].as_array().unwrap().iter();
    let pdf = pdf.clone().find(|d| d["media_type"] == "application/pdf").unwrap();
    let path = format!("{CASE}/documents/{}", text(&pdf["id"]));
    let image = desk.server.get(&format!("{path}/pages/0?width=200"));
    assert_eq!((image.code, &image.body[1..4]), (200, &b"PNG"[..]));
    assert_eq!(desk.server.get(&format!("{path}/pages/9")).code, 404);
    assert_eq!(desk.server.get(&format!("{path}/pages/0?width=9")).code, 422);
    let original = desk.server.get(&format!("{path}/original"));
    assert_eq!(original.body.len() as u64, pdf["size"].as_u64().unwrap());
    assert!(original.head.contains("attachment") && original.head.contains("octet-stream"));
    for odd in ["..%2F..%2Fcase.sqlite", "%00", "none"] {
        assert_eq!(desk.server.get(&format!("{CASE}/documents/{odd}/original")).code, 404, "{odd}");
    }
}

#[test]
fn a_decision_is_refused_where_somebody_acted_since() {
    let desk = desk();
    let lead = desk.lead_of("possible");
    let path = format!("/leads/{}/decision", text(&lead["id"]));
    let ask = |seen: u64, status: &str| json!({"seen": seen, "status": status});
    let first = desk.done(&path, &ask(0, "not_found"));
    assert_eq!((&first["seq"], &first["leads"][0]["decided"]), (&json!(1), &json!("decided")));
    let (status, problem) = desk.post(&path, &ask(0, "possible"));
    assert_eq!((status, &problem["code"], &problem["now"]), (409, &json!("changed"), &json!(1)));
    desk.done(&path, &ask(1, "possible"));
    // Another lead is not concerned.
    let other = desk.lead_of("not_found");
    desk.done(&format!("/leads/{}/decision", text(&other["id"])), &ask(0, "not_found"));
    let (status, problem) = desk.post(&path, &ask(3, "listed"));
    assert_eq!((status, &problem["code"]), (422, &json!("reason_missing")));
    assert_eq!(desk.post("/leads/none/decision", &ask(9, "possible")).0, 404);
}

#[test]
fn everything_can_be_taken_back_and_the_history_says_so() {
    let desk = desk();
    let id = text(&desk.lead_of("possible")["id"]).to_owned();
    let decided = |desk: &Desk| desk.get(&format!("/leads/{id}"))["lead"]["decided"].clone();
    desk.done(&format!("/leads/{id}/decision"), &json!({"seen": 0, "status": "not_found"}));
    let subject = json!({"kind": "lead", "id": id});
    desk.done("/notes", &json!({"seen": 1, "subject": subject, "text": "looked at"}));
    let tag = json!({"seen": 2, "subject": subject, "kind": "tag", "value": "later", "on": true});
    desk.done("/marks", &tag);
    desk.done(&format!("/leads/{id}/assignment"), &json!({"seen": 3, "to": "sample"}));
    let lead = desk.get(&format!("/leads/{id}"))["lead"].clone();
    assert_eq!((&lead["notes"], &lead["tags"]), (&json!(1), &json!(["later"])));
    assert_eq!(lead["assignee"], "sample");
    desk.done("/undo", &json!({"entry": 1}));
    assert_eq!(decided(&desk), "open");
    let (status, problem) = desk.post("/undo", &json!({"entry": 1}));
    assert_eq!((status, &problem["code"]), (409, &json!("changed")), "it is gone already");
    desk.done("/undo", &json!({"entry": 5}));
    assert_eq!(decided(&desk), "decided", "the undo was taken back");
    assert_eq!(desk.post("/undo", &json!({"entry": 99})).0, 404);
    assert_eq!(desk.post("/undo", &json!({})).0, 422);
    let history = desk.get(&format!("/leads/{id}/history"));
    let acts: Vec<&str> = history.as_array().unwrap().iter().map(|e| text(&e["act"])).collect();
    assert_eq!(acts, ["undo", "undo", "assignment", "mark", "note", "decision"]);
    assert_eq!(desk.get("/journal?user=nobody"), json!([]));
}

#[test]
fn bulk_is_shown_first_done_with_a_reason_and_undone_at_one_go() {
    let desk = desk();
    let filter = json!({"facets": {"status": ["not_found"]}});
    let what = json!({"act": "decide", "status": "not_found"});
    let preview = desk.done("/bulk/preview", &json!({"filter": filter, "what": what}));
    let count = preview["count"].as_u64().unwrap();
    assert!(count > 1 && preview["sample"].as_array().unwrap().len() as u64 == count.min(10));
    let ask = |count: u64, reason: Option<&str>| json!({"filter": filter, "what": what, "seen": preview["seq"], "count": count, "reason": reason});
    assert_eq!(desk.post("/bulk", &ask(count, None)).1["code"], "reason_missing");
    let (status, problem) = desk.post("/bulk", &ask(count + 1, Some("checked")));
    assert_eq!((status, &problem["found"]), (409, &json!(count)));
    let done = desk.done("/bulk", &ask(count, Some("checked")));
    assert_eq!(done["count"], json!(count));
    let open = json!({"filter": {"facets": {"status": ["not_found"], "decided": ["open"]}}});
    assert_eq!(desk.done("/leads/query", &open)["total"], 0);
    assert_eq!(desk.post("/bulk", &ask(count, Some("again"))).1["code"], "changed");
    desk.done("/undo", &json!({"batch": done["batch"]}));
    assert_eq!(desk.done("/leads/query", &open)["total"], json!(count));
}

#[test]
fn nobody_is_said_to_be_listed_in_bulk_by_a_name_alone() {
    let desk = desk();
    let filter = json!({"facets": {}});
    for what in [
        json!({"act": "decide", "status": "listed"}),
        json!({"act": "judge_best", "verdict": "same"}),
    ] {
        let preview = desk.done("/bulk/preview", &json!({"filter": filter, "what": what}));
        assert!(!preview["name_alone"].as_array().unwrap().is_empty());
        let ask = json!({"filter": filter, "what": what, "seen": 0, "count": preview["count"], "reason": "all"});
        let (status, problem) = desk.post("/bulk", &ask);
        assert_eq!((status, &problem["code"]), (422, &json!("name_alone")));
    }
    assert_eq!(desk.get("/journal"), json!([]), "nothing was written");
}

#[test]
fn a_split_is_shown_said_and_made_at_once() {
    let desk = desk();
    let all = desk.done("/leads/query", &json!({"limit": 1000}));
    let all = all["leads"].as_array().unwrap();
    let several = all.iter().find(|lead| lead["records"] == 2).unwrap();
    let cluster = desk.get(&format!("/clusters/{}", text(&several["id"])));
    let (one, other) = (text(&cluster["members"][0]), text(&cluster["members"][1]));
    assert_eq!(cluster["bridge"]["weight"], cluster["pairs"][0]["weight"]);
    let path = format!("/clusters/{one}/split");
    let preview = desk.done(&format!("{path}/preview"), &json!({"apart": [other]}));
    let groups = preview["groups"].as_array().unwrap();
    assert!(groups.len() == 2 && groups.contains(&json!([one])), "{preview}");
    assert_eq!(desk.post(&format!("{path}/preview"), &json!({"apart": [one, other]})).0, 422);
    let ask = json!({"apart": [other], "seen": 0, "reason": "two brothers"});
    desk.done(&path, &ask);
    desk.settle();
    assert_eq!(desk.get(&format!("/leads/{other}"))["members"], json!([other]));
    let merge = json!({"left": one, "right": other});
    let preview = desk.done("/merge/preview", &merge);
    assert_eq!(preview["groups"], json!([[one, other]]));
    assert!(text(&preview["warnings"][0]).contains("judged otherwise"), "{preview}");
    let ask = json!({"left": one, "right": other, "seen": preview["seq"], "reason": "one man"});
    let done = desk.done("/merge", &ask);
    assert_eq!(done["needs_run"], false, "by now it takes effect with the request");
    assert_eq!(desk.get(&format!("/leads/{other}"))["members"], json!([one, other]));
    desk.done("/undo", &json!({"batch": done["batch"]}));
    assert_eq!(desk.get(&format!("/leads/{other}"))["members"], json!([other]), "and back");
    let job = desk.job(&json!({"kind": "run"}));
    assert_eq!(job["state"], "done", "{job}");
    assert_eq!(desk.get(&format!("/leads/{other}"))["members"], json!([other]), "as a run has it");
}

#[test]
fn a_file_of_questions_is_answered_line_by_line_also_without_a_hit() {
    let desk = desk();
    let csv = "id,name\nq1,Samir Qandil\nq2,Nobody Ofthisname\n=1+1,Zzz Qqq\n";
    let path = format!("{CASE}/search/batch");
    let reply = desk.ask("POST", &path, "text/csv", csv.as_bytes());
    assert_eq!(reply.code, 200, "{}", String::from_utf8_lossy(&reply.body));
    let answer = reply.json();
    assert_eq!((&answer["lines"], &answer["without_hit"]), (&json!(3), &json!(2)), "{answer}");
    assert_eq!(answer["results"][0]["id"], "q1");
    assert!(answer["results"][0]["people"].as_u64() > Some(0), "{answer}");
    assert_eq!(answer["results"][1]["people"], 0);
    let table = desk.ask("POST", &format!("{path}?format=csv"), "text/csv", csv.as_bytes());
    let table = String::from_utf8(table.body).unwrap();
    assert_eq!(table.lines().count(), 4);
    assert!(table.contains("\"'=1+1\""), "{table}");
    let odd = desk.ask("POST", &path, "text/csv", b"no header\n");
    assert_eq!(odd.code, 422);
}

#[test]
fn search_finds_by_name_in_any_script_by_beginning_by_phone_and_by_text() {
    let desk = desk();
    let find = |q: &str| desk.done("/search", &json!({"q": q}));
    let latin = find("Samir Karim Qandil");
    let arabic = find("سمير كريم قنديل");
    assert_eq!(latin["people"][0]["lead"]["id"], arabic["people"][0]["lead"]["id"]);
    assert!(arabic["listed"].as_array().is_some_and(|hits| !hits.is_empty()));
    let begun = find("قند");
    assert_eq!(begun["people"][0]["by"], "beginning", "{begun}");
    let sounded = find("samir kar");
    assert_eq!(sounded["people"][0]["lead"]["id"], arabic["people"][0]["lead"]["id"], "{sounded}");
    let filtered = desk.done("/leads/query", &json!({"filter": {"text": "samir"}}));
    assert_eq!(filtered["leads"][0]["id"], arabic["people"][0]["lead"]["id"], "{filtered}");
    let deadline = Instant::now() + Duration::from_secs(30);
    while find("قنديل")["documents_total"] == 0 {
        assert!(Instant::now() < deadline, "the text is not indexed");
        std::thread::sleep(Duration::from_millis(100));
    }
    let found = find("قنديل");
    assert!(!found["documents"][0]["spans"].as_array().unwrap().is_empty(), "{found}");
    let none = find("\"' OR 1=1 --");
    assert_eq!(none["documents"], json!([]));
    let only = json!({"q": "Samir Karim Qandil", "filter": {"facets": {"status": ["not_found"]}}});
    let statuses = desk.done("/search", &only);
    let hits = statuses["people"].as_array().unwrap();
    assert!(hits.iter().all(|hit| hit["lead"]["status"] == "not_found"));
}

#[test]
fn a_correction_shows_in_filters_searches_links_and_exports_and_its_undo_does_too() {
    let desk = desk();
    desk.settle();
    // A person of one form.
    let leads = desk.done("/leads/query", &json!({"limit": 100}));
    let lead = leads["leads"].as_array().unwrap().iter().find(|lead| lead["records"] == 1);
    let id = text(&lead.unwrap()["id"]).to_owned();
    let sees = |desk: &Desk| {
        let found = |q: &str| {
            let hits = desk.done("/search", &json!({"q": q, "in": ["people"]}));
            hits["people"].as_array().unwrap().iter().any(|hit| hit["lead"]["id"] == *id)
        };
        let at = json!({"facets": {"entry_point": ["Qasr Sample"]}});
        let there = desk.done("/leads/query", &json!({"filter": at}))["leads"].clone();
        let around = desk.get(&format!("/network/around/{id}"));
        let ask = json!({"format": "ftm", "reason": "sample", "sensitive": true});
        let reply = desk.server.post(&format!("{CASE}/exports"), &ask);
        let exported = String::from_utf8(reply.body).unwrap();
        [
            found("Zuhdi Wardan Qamar"),
            found("Zuhdi War"),
            found("+21620777123"),
            there.as_array().unwrap().iter().any(|lead| lead["id"] == *id),
            around["ties"].to_string().contains("Qasr Sample"),
            exported.contains("Zuhdi Wardan Qamar"),
        ]
    };
    assert_eq!(sees(&desk), [false; 6]);
    let other = json!({"facets": {"entry_point": ["Tal Abyad"]}});
    let others = desk.done("/leads/query", &json!({"filter": other, "limit": 100}));
    let other = others["leads"].as_array().unwrap().iter().find(|lead| lead["id"] != *id).unwrap();
    let record = desk.get(&format!("/leads/{}", text(&other["id"])))["records"][0]["id"].clone();
    let corrections = [
        (json!(id), "full_name", "Zuhdi Wardan Qamar"),
        (json!(id), "contact", "+216 20 777 123"),
        (json!(id), "entry_point", "Qasr Sample"),
        (json!(id), "entry_date", "03.04.2014"),
        // Somebody else crosses there on the same day.
        (record.clone(), "entry_point", "Qasr Sample"),
        (record, "entry_date", "2014-04-03"),
    ];
    let mut seq = 0;
    for (record, key, written) in &corrections {
        let ask = json!({"seen": seq, "record": record, "key": key, "before": "", "written": written,
                         "reason": "sample"});
        desk.done("/corrections", &ask);
        seq = desk.get("")["seq"].as_u64().unwrap();
    }
    assert_eq!(sees(&desk), [true; 6]);
    let entries = desk.get("/journal");
    let corrected = entries.as_array().unwrap().iter().filter(|e| e["act"] == "correction");
    for entry in corrected.map(|entry| entry["seq"].clone()).collect::<Vec<_>>() {
        desk.done("/undo", &json!({"entry": entry}));
    }
    assert_eq!(sees(&desk), [false; 6]);
}

#[test]
fn a_watcher_that_was_away_is_told_what_it_missed() {
    let desk = desk();
    let id = text(&desk.lead_of("possible")["id"]).to_owned();
    let note = |seen: u64| {
        let subject = json!({"kind": "lead", "id": id});
        desk.done("/notes", &json!({"seen": seen, "subject": subject, "text": "seen"}));
    };
    note(0);
    note(1);
    let path = format!("{CASE}/events");
    let mut stream = TcpStream::connect(&desk.server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let host = &desk.server.address;
    let bearer = &desk.server.bearer;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{bearer}Last-Event-ID: 1\r\n\r\n")
        .unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    let mut next_id =
        || lines.find_map(|line| line.strip_prefix("id: ").map(str::to_owned)).unwrap();
    assert_eq!(next_id(), "2", "what was missed");
    note(2);
    assert_eq!(next_id(), "3", "what happens now");
}

#[test]
fn the_versions_of_a_list_are_told_apart_page_by_page() {
    let desk = desk();
    let list = std::path::Path::new(&desk.case).join("../more.csv");
    let load = |text: &str| {
        std::fs::write(&list, text).unwrap();
        crossroll(&["lists", "add", &desk.case, list.to_str().unwrap()]);
    };
    load("id,name,dob\nX-1,Zaytun Waraq,1985-03-14\nX-2,Sample Two,1970\nX-3,Sample Three,1971\n");
    load("id,name,dob\nX-1,Zaytun Waraq,1986-03-14\nX-2,Sample Two,1970\nX-4,Sample Four,1972\n");
    let versions = desk.get("/lists/more/versions");
    assert_eq!((&versions[0]["version"], &versions[0]["changes"]), (&json!(1), &Value::Null));
    let counts = json!({"added": 1, "removed": 1, "changed": 1, "delisted": 0, "reported_dead": 0});
    assert_eq!(versions[1]["changes"], counts);
    assert_eq!(text(&versions[1]["files"][0]["name"]), "more.csv");
    let whole = desk.get("/lists/more/diff");
    assert_eq!((&whole["from"]["version"], &whole["to"]["version"]), (&json!(1), &json!(2)));
    assert_eq!((&whole["counts"], &whole["next"]), (&counts, &Value::Null));
    let all = whole["changes"].as_array().unwrap();
    let kinds: Vec<&str> = all.iter().map(|change| text(&change["kind"])).collect();
    assert_eq!(kinds, ["changed", "removed", "added"]);
    assert_eq!(
        all[0]["properties"],
        json!([{"prop": "birthDate", "before": ["1985-03-14"], "after": ["1986-03-14"]}])
    );
    let mut paged = Vec::new();
    let mut next = String::new();
    loop {
        let page = desk.get(&format!("/lists/more/diff?from=1&to=2&limit=1{next}"));
        assert_eq!(page["counts"].is_null(), !next.is_empty());
        paged.extend(page["changes"].as_array().unwrap().clone());
        let Some(last) = page["next"].as_str() else { break };
        next = format!("&after={last}");
    }
    assert_eq!(&paged, all);
    let back = desk.get("/lists/more/diff?from=2&to=1&what=added");
    assert_eq!(back["changes"][0]["caption"], "Sample Three");
    let id = text(&all[0]["entity"]);
    for (version, date) in [(1, "1985-03-14"), (2, "1986-03-14")] {
        let entity = desk.get(&format!("/lists/more/versions/{version}/entities/{id}"));
        let statements = entity["statements"].as_array().unwrap();
        let born = statements.iter().find(|s| s["prop"] == "birthDate").unwrap();
        assert_eq!(text(&born["value"]), date);
    }
    let gone = text(&all[1]["entity"]);
    for (path, code) in [
        (format!("/lists/more/versions/1/entities/{gone}"), 200),
        (format!("/lists/more/versions/2/entities/{gone}"), 404),
        (format!("/lists/more/versions/3/entities/{id}"), 404),
        (format!("/lists/more/versions/x/entities/{id}"), 400),
        (format!("/lists/none/versions/1/entities/{id}"), 404),
        ("/lists/none/versions".to_owned(), 404),
        ("/lists/none/diff".to_owned(), 404),
        ("/lists/more/diff?to=3".to_owned(), 404),
        ("/lists/more/diff?limit=0".to_owned(), 422),
        ("/lists/more/diff?what=all".to_owned(), 400),
    ] {
        assert_eq!(desk.server.get(&format!("{CASE}{path}")).code, code, "{path}");
    }
}

#[test]
fn what_another_process_does_is_seen() {
    let desk = desk();
    let list = std::path::Path::new(&desk.case).join("../more.csv");
    std::fs::write(&list, "id,name,dob\nX-1,Zaytun Waraq,1985-03-14\n").unwrap();
    crossroll(&["lists", "add", &desk.case, list.to_str().unwrap()]);
    let deadline = Instant::now() + Duration::from_secs(30);
    while desk.get("/lists").as_array().unwrap().len() < 2 {
        assert!(Instant::now() < deadline, "the list is not seen");
        std::thread::sleep(Duration::from_millis(50));
    }
    desk.settle();
    let found = desk.done("/search", &json!({"q": "Zaytun Waraq", "in": ["lists"]}));
    assert_eq!(found["listed"][0]["entity"], "X-1");
}

#[test]
fn what_the_command_line_does_to_a_case_jobs_do_too() {
    let desk = desk();
    let folder = std::path::Path::new(&desk.case).parent().unwrap();
    let list = folder.join("own.csv");
    std::fs::write(&list, "Ref,Nom complet,Né le\nX-1,Samir Karim Qandil,1985-03-14\n").unwrap();
    let map = json!({"Ref": "id", "Nom complet": "name", "Né le": "birthDate"});
    let done = desk.job(&json!({"kind": "add_list", "path": list, "name": "own", "map": map}));
    assert_eq!(done["state"], "done", "{done}");
    let entity = desk.get("/lists/own/versions");
    assert!(
        entity.to_string().contains("own.csv") || entity.to_string().contains("\"entities\":1"),
        "{entity}"
    );
    let copy = folder.join("copy");
    let done = desk.job(&json!({"kind": "backup", "path": copy}));
    assert_eq!(done["state"], "done", "{done}");
    let verified = crossroll(&["verify", copy.to_str().unwrap()]);
    assert_eq!(verified.code, 0, "{}", verified.stderr);
    let again = desk.job(&json!({"kind": "backup", "path": copy, "incremental": true}));
    assert!(text(&again["outcome"]).starts_with("0 contents copied"), "{again}");
    let refused = desk.job(&json!({"kind": "backup", "path": copy}));
    assert_eq!(refused["state"], "failed", "an earlier backup is not overwritten: {refused}");
    let nowhere = json!({"kind": "add_list", "path": folder.join("none")});
    assert_eq!(desk.post("/jobs", &nowhere).0, 422);
}

#[test]
fn exports_need_a_reason_and_leave_sensitive_fields_out() {
    let desk = desk();
    assert_eq!(desk.post("/exports", &json!({"format": "csv"})).1["code"], "reason_missing");
    let ask = |sensitive: bool| {
        let ask = json!({"format": "ftm", "reason": "sample", "sensitive": sensitive});
        String::from_utf8(desk.server.post(&format!("{CASE}/exports"), &ask).body).unwrap()
    };
    let plain = ask(false);
    assert!(plain.lines().count() > 5 && !plain.contains("motherName"), "{plain}");
    assert!(ask(true).contains("motherName"));
    let table = json!({"format": "csv", "reason": "sample"});
    let table = desk.server.post(&format!("{CASE}/exports"), &table);
    assert!(String::from_utf8(table.body).unwrap().starts_with("id,rank,status"));
}

#[test]
fn views_are_kept_and_forgotten() {
    let desk = desk();
    let view = json!({"kind": "view", "name": "mine", "body": {"filter": {"text": "x"}}});
    let id = desk.done("/saved", &view)["id"].clone();
    assert_eq!(desk.done("/saved", &view)["id"], id, "replaced");
    let kept = desk.get("/saved");
    assert_eq!((kept.as_array().unwrap().len(), &kept[0]["body"]), (1, &view["body"]));
    let path = format!("{CASE}/saved/{id}");
    assert_eq!(desk.ask("DELETE", &path, "text/plain", b"").code, 204);
    assert_eq!(desk.ask("DELETE", &path, "text/plain", b"").code, 404);
}

#[test]
fn what_makes_no_sense_is_told_in_one_shape() {
    let desk = desk();
    let problem = |method: &str, path: &str, kind: &str, body: &str| {
        let reply = desk.ask(method, path, kind, body.as_bytes());
        assert!(reply.head.contains("application/problem+json"), "{path}: {}", reply.head);
        assert_eq!(reply.json()["status"], json!(reply.code));
        (reply.code, text(&reply.json()["code"]).to_owned())
    };
    let json = "application/json";
    let leads = &format!("{CASE}/leads");
    let query = &format!("{CASE}/leads/query");
    for (method, path, kind, body, status, code) in [
        ("GET", "/api/v1/cases/none/leads", json, "", 404, "not_found"),
        ("GET", "/api/v1/none", json, "", 404, "no_route"),
        ("DELETE", leads, json, "", 405, "no_method"),
        ("GET", &format!("{leads}?limit=0"), json, "", 422, "invalid"),
        ("GET", &format!("{leads}?limit=x"), json, "", 400, "bad_query"),
        ("GET", &format!("{leads}?sort=age"), json, "", 422, "invalid"),
        ("POST", query, json, "{", 400, "bad_body"),
        ("POST", query, "text/plain", "{}", 415, "not_json"),
        ("POST", query, json, r#"{"filter":{"facets":{"shoe":["1"]}}}"#, 422, "invalid"),
        ("POST", query, json, r#"{"filtre":{}}"#, 422, "bad_value"),
    ] {
        assert_eq!(
            problem(method, path, kind, body),
            (status, code.to_owned()),
            "{method} {path} {body}"
        );
    }
}
