//! The API that yente's clients speak, over real HTTP on loopback, on a fictional list.

#![expect(clippy::unwrap_used, reason = "a test that cannot look has failed")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use support::http::{Response, Served};
use support::probes::{LIST, lists};
use support::sandbox;

fn maro() -> Value {
    json!({"schema": "Person", "properties": {
        "name": ["Maro Aleksandrovich TESTANOV"], "birthDate": ["1965"], "country": "Russia",
    }})
}

fn results(answer: &Response, key: &str) -> Vec<Value> {
    assert_eq!(answer.code, 200, "{}", String::from_utf8_lossy(&answer.body));
    answer.json()["responses"][key]["results"].as_array().unwrap().clone()
}

/// All keys that yente's clients rely on, in their formats.
fn assert_is_entity(entity: &Value) {
    for key in ["id", "caption", "schema"] {
        assert!(entity[key].as_str().is_some_and(|text| !text.is_empty()), "{key}: {entity}");
    }
    assert!(entity["target"].is_boolean() && entity["properties"].is_object(), "{entity}");
    assert!(entity["datasets"].is_array() && entity["referents"].is_array(), "{entity}");
    for key in ["first_seen", "last_seen", "last_change"] {
        let time = entity.get(key).unwrap();
        assert!(time.is_null() || time.as_str().unwrap().len() == 19, "{key}: {entity}");
    }
    for value in entity["properties"].as_object().unwrap().values() {
        for value in value.as_array().unwrap() {
            if value.is_object() { assert_is_entity(value) } else { assert!(value.is_string()) }
        }
    }
}

#[test]
fn described_entities_are_found_with_reasons() {
    let server = lists();
    let body = json!({"queries": {"a": maro(), "b": maro()}});
    let answer = server.post("/match/probes", &body);
    assert_eq!(answer.header("x-batch-size"), Some("2"));
    let found = results(&answer, "a");
    assert_eq!(found[0]["id"], "pr-1");
    assert_is_entity(&found[0]);
    assert!(found[0]["score"].as_f64().unwrap() > 0.7 && found[0]["match"] == true);
    assert!(found[0]["explanations"]["name"]["score"].as_f64().unwrap() > 0.0);
    let answer = answer.json();
    let response = &answer["responses"]["a"];
    assert_eq!(response["query"]["properties"]["country"], json!(["ru"]));
    assert_eq!(response["total"], json!({"value": found.len(), "relation": "eq"}));
    assert_eq!(answer["limit"], 5);
    assert_eq!(answer["algorithm"], json!({"used": "crossroll", "requested": "best"}));
    // No header that says what the body is.
    let plain = server.ask("POST", "/match/default", "", body.to_string().as_bytes());
    assert_eq!(results(&plain, "b")[0]["id"], "pr-1");
    // A name in another script, without blanks, and misread by a machine.
    for (name, threshold) in
        [("Маро Тестанов", "0.7"), ("maroaleksandrovichtestanov", "0.7"), ("Naro Tostanov", "0.2")]
    {
        let query = json!({"queries": {"q": {"schema": "Person", "properties": {"name": name}}}});
        let found =
            results(&server.post(&format!("/match/probes?threshold={threshold}"), &query), "q");
        assert!(!found.is_empty() && found[0]["id"] == "pr-1", "{name}: {found:?}");
    }
    let query = json!({"queries": {"q": {"id": "mine", "schema": "Person", "properties": {"birthDate": [1965]}}}});
    let answer = server.post("/match/probes", &query).json();
    assert_eq!(answer["responses"]["q"]["query"]["id"], "mine");
    assert_eq!(answer["responses"]["q"]["query"]["properties"]["birthDate"], json!(["1965"]));
}

#[test]
fn filters_of_the_match_leave_entities_out() {
    let server = lists();
    let body = json!({"queries": {"q": maro()}});
    let found =
        |query: &str| results(&server.post(&format!("/match/default?{query}"), &body), "q").len();
    assert_eq!(found("algorithm=name-based"), 1);
    for none in [
        "exclude_dataset=probes",
        "include_dataset=own&include_dataset=nowhere",
        "include_dataset=probes&exclude_dataset=probes",
        "topics=crime.cyber",
        "exclude_schema=Person",
        "exclude_entity_ids=pr-1",
        "exclude_entity_ids=old-pr-1",
        "changed_since=2099-01-01T00:00",
    ] {
        assert_eq!(found(none), 0, "{none}");
    }
    for one in
        ["include_dataset=probes", "topics=sanction", "changed_since=2024-01-01", "fuzzy=false"]
    {
        assert_eq!(found(one), 1, "{one}");
    }
}

#[test]
fn what_cannot_be_matched_is_told_in_the_words_of_yente() {
    let server = lists();
    let ask = |path: &str, body: &Value| {
        let answer = server.post(path, body);
        (answer.code, answer.json()["detail"].clone())
    };
    let of = |example: Value| json!({"queries": {"bad": example, "good": maro()}});
    let (code, detail) = ask("/match/probes", &of(json!({"properties": {"name": "x"}})));
    assert_eq!((code, &detail[0]["type"]), (422, &json!("missing")));
    assert_eq!(detail[0]["loc"], json!(["body", "queries", "bad", "schema"]));
    for (path, body, text) in [
        ("/match/probes", of(json!({"schema": "xxx", "properties": {}})), "Unknown schema"),
        ("/match/probes", of(json!({"schema": "Sanction", "properties": {}})), "Non-matchable"),
        ("/match/probes?algorithm=neural-net", of(maro()), "Invalid algorithm: neural-net"),
        ("/match/probes", json!({"queries": {}}), "No queries provided."),
        (
            "/match/probes?algorithm=logic-v2",
            json!({"queries": {"q": maro()}, "config": {"invalid_option": 0.4}}),
            "Invalid configuration parameter: invalid_option",
        ),
    ] {
        let (code, detail) = ask(path, &body);
        assert!(code == 400 && detail.as_str().unwrap().contains(text), "{path}: {code} {detail}");
    }
    let config = json!({"queries": {"q": maro()}, "config": {"nm_number_mismatch": 0.4}});
    assert_eq!(server.post("/match/probes?algorithm=logic-v2", &config).code, 200);
    let many: serde_json::Map<String, Value> = (0..101).map(|n| (n.to_string(), maro())).collect();
    let (code, detail) = ask("/match/probes", &json!({"queries": many}));
    assert_eq!((code, detail), (400, json!("Too many queries in one batch (limit: 100)")));
    assert_eq!(ask("/match/banana", &of(maro())), (404, json!("No such dataset.")));
    assert_eq!(server.ask("POST", "/match/probes", "", b"{").code, 422);
    assert_eq!(server.get("/match/probes").code, 405);
    assert_eq!(server.get("/match/probes").json(), json!({"detail": "Method Not Allowed"}));
    assert_eq!(server.get("/banana").json(), json!({"detail": "Not Found"}));
    for query in ["limit=501", "limit=x", "threshold=x", "changed_since=yesterday"] {
        assert_eq!(ask(&format!("/match/probes?{query}"), &of(maro())).0, 422, "{query}");
    }
}

#[test]
fn searches_find_filter_and_count() {
    let server = lists();
    let total = |query: &str| {
        let answer = server.get(&format!("/search/probes?{query}"));
        assert_eq!(answer.code, 200, "{query}: {}", String::from_utf8_lossy(&answer.body));
        answer.json()["total"]["value"].as_u64().unwrap()
    };
    let answer = server.get("/search/probes?q=maro testanov").json();
    assert_eq!(answer["results"][0]["id"], "pr-1");
    assert_is_entity(&answer["results"][0]);
    assert_eq!(answer["results"][0]["datasets"], json!(["probes"]));
    assert!(total("") > 5);
    assert!(total("q=exampleville") > total("q=exampleville&exclude_schema=Address"));
    assert_eq!(total("q=maro testanov&schema=Vessel"), 0);
    assert_eq!(total("q=maro testanov&exclude_dataset=probes"), 0);
    assert_eq!(total("q=maro testanov&include_dataset=elsewhere"), 0);
    assert_eq!(total("q=maro testanov&include_dataset=probes&schema=Person"), 1);
    assert_eq!(total("q=maro testanov&changed_since=2099-01-01T00:00"), 0);
    assert_eq!(total("q=maro testanov&countries=ke"), 0);
    assert_eq!(total("q=maro testanov&countries=ke&countries=ru"), 1);
    assert_eq!(total("q=maro testanov&filter_op=AND&countries=ke&countries=ru"), 0);
    assert_eq!(total("q=maro testanov&filter=properties.birthDate:1965-02-03%C2%A7"), 0);
    assert_eq!(total("q=maro testanov&filter=properties.birthDate:1965-02-03"), 1);
    assert_eq!(
        total("schema=LegalEntity&target=true") + total("schema=LegalEntity&target=false"),
        4
    );
    assert_eq!(total("q=tostanov&fuzzy=true"), 1);
    let answer = server.get("/search/probes?offset=100&q=maro").json();
    assert_eq!((answer["results"].as_array().unwrap().len(), &answer["offset"]), (0, &json!(100)));
    let facets = &server.get("/search/probes").json()["facets"];
    let names: Vec<&String> = facets.as_object().unwrap().keys().collect();
    assert_eq!(names, ["countries", "datasets", "topics"]);
    assert_eq!(facets["topics"]["values"][0]["label"], "Sanctioned");
    let facets = &server.get("/search/probes?facets=schema&facets=identifiers").json()["facets"];
    let kinds = facets["schema"]["values"].as_array().unwrap();
    assert!(kinds.iter().any(|kind| kind["name"] == "Address" && kind["label"] == "Addresses"));
    let sorted = server.get("/search/probes?sort=first_seen:desc").json();
    let seen: Vec<&str> = sorted["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|e| e["first_seen"].as_str())
        .collect();
    assert!(seen.len() > 3 && seen.is_sorted_by(|a, b| a >= b), "{seen:?}");
    for (query, code) in [
        ("q=invalid/query", 400),
        ("q=invalid/query&simple=true", 200),
        ("schema=Banana", 400),
        ("filter=none", 400),
        ("offset=9999", 422),
        ("limit=10000", 422),
        ("limit=500", 200),
        ("facets=banana", 422),
        ("target=maybe", 422),
    ] {
        assert_eq!(server.get(&format!("/search/probes?{query}")).code, code, "{query}");
    }
    assert_eq!(server.get("/search/banana").code, 404);
    assert_eq!(server.get("/search/own?q=maro").json()["total"]["value"], 0);
}

fn by_id(values: &Value, id: &str) -> Value {
    values.as_array().unwrap().iter().find(|value| value["id"] == id).cloned().unwrap()
}

#[test]
fn an_entity_comes_with_those_around_it() {
    let server = lists();
    assert_eq!(server.get("/entities/banana").code, 404);
    let answer = server.get("/entities/old-pr-1");
    assert_eq!((answer.code, answer.header("location")), (308, Some("/entities/pr-1")));
    let entity = server.get("/entities/pr-1").json();
    assert_is_entity(&entity);
    let properties = &entity["properties"];
    assert_eq!(by_id(&properties["addressEntity"], "ad-2")["schema"], "Address");
    assert_eq!(properties["sanctions"][0]["schema"], "Sanction");
    let payment = by_id(&properties["paymentPayer"], "pay-1");
    assert_eq!(payment["properties"]["payer"], json!(["pr-1"]));
    assert_eq!(payment["properties"]["beneficiary"].as_array().unwrap().len(), 2);
    let firm = by_id(&payment["properties"]["beneficiary"], "co-1");
    assert_eq!(firm["properties"]["name"], json!(["Sample Mills"]));
    let flat = server.get("/entities/pr-1?nested=false").json();
    assert_eq!(flat["properties"]["addressEntity"], json!(["ad-2", "ad-1"]));
    assert!(flat["properties"].get("paymentPayer").is_none());
}

#[test]
fn what_is_adjacent_comes_in_pages() {
    let server = lists();
    let answer = server.get("/entities/pr-1/adjacent").json();
    assert_eq!(answer["entity"]["caption"], "Maro Testanov");
    let payments = &answer["adjacent"]["paymentPayer"];
    assert_eq!(payments["total"]["value"], 2);
    assert_eq!((&payments["limit"], &payments["offset"]), (&json!(10), &json!(0)));
    assert!(answer["adjacent"].get("ownershipOwner").is_some());
    let ids = |path: &str| -> (Vec<String>, u64) {
        let answer = server.get(path).json();
        let results = answer["results"].as_array().unwrap();
        let ids = results.iter().map(|entity| entity["id"].as_str().unwrap().to_owned());
        (ids.collect(), answer["total"]["value"].as_u64().unwrap())
    };
    // In the order of the list, not in that of the property.
    let both = (vec!["ad-1".to_owned(), "ad-2".to_owned()], 2);
    assert_eq!(ids("/entities/pr-1/adjacent/addressEntity"), both);
    assert_eq!(ids("/entities/pr-1/adjacent/addressEntity?limit=1").0, ["ad-1"]);
    assert_eq!(ids("/entities/pr-1/adjacent/addressEntity?limit=1&offset=1").0, ["ad-2"]);
    assert_eq!(ids("/entities/pr-1/adjacent/paymentPayer?sort=id:desc").0, ["pay-2", "pay-1"]);
    for missing in ["address", "banana"] {
        assert_eq!(server.get(&format!("/entities/pr-1/adjacent/{missing}")).code, 404);
    }
    assert_eq!(server.get("/entities/pr-1/adjacent?limit=501").code, 422);
}

#[test]
fn the_catalog_may_be_kept_by_clients() {
    let server = lists();
    let answer = server.get("/catalog");
    assert_eq!(answer.json()["current"], json!(["probes", "own"]));
    assert_eq!(answer.json()["datasets"][0]["index_current"], true);
    assert_eq!(answer.body, server.get("/manifest").body);
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
    let tag = answer.header("etag").unwrap();
    let again =
        |tag: &str| server.ask("GET", "/catalog", &format!("If-None-Match: {tag}\r\n"), b"");
    assert_eq!((again(tag).code, again(tag).body.len(), again("*").code), (304, 0, 304));
    assert_eq!((again("\"stale\"").code, again("\"stale\"").header("etag")), (200, Some(tag)));
}

#[test]
fn the_system_says_how_it_is() {
    let server = lists();
    for path in ["/healthz", "/readyz"] {
        assert_eq!(server.get(path).json(), json!({"status": "ok"}));
    }
    let algorithms = server.get("/algorithms").json();
    assert_eq!(
        (&algorithms["best"], &algorithms["default"]),
        (&json!("crossroll"), &json!("best"))
    );
    let logic =
        algorithms["algorithms"].as_array().unwrap().iter().find(|a| a["name"] == "logic-v2");
    assert!(!logic.unwrap()["docs"]["config"]["nm_number_mismatch"].is_null());
    assert!(server.get("/openapi.json").json()["paths"]["/match/{dataset}"].is_object());
    assert_eq!(server.get("/favicon.ico").code, 200);
    assert_eq!(server.get("/updatez").code, 405);
    assert_eq!(server.post("/updatez?sync=true", &Value::Null).code, 403);
    assert_eq!(server.post("/updatez?token=wrong&sync=true", &Value::Null).code, 403);
    let list = server.folder.path().join("own.csv");
    std::fs::write(list, "id,name,dob\nX-2,Sila Qandil,1985-03-14\n").unwrap();
    assert_eq!(server.post("/updatez?token=sample&sync=true", &Value::Null).code, 200);
    assert_eq!(server.get("/entities/X-2").code, 200);
    assert_eq!(server.get("/entities/X-1").code, 404);
}

#[test]
fn a_manifest_names_data_sets_and_collections() {
    let folder = sandbox();
    std::fs::write(folder.path().join("a.json"), LIST).unwrap();
    std::fs::write(folder.path().join("b.csv"), "id,name\nX-1,Samir Qandil\n").unwrap();
    let text = "datasets:\n  - {name: one, path: a.json, version: \"100\", title: One}\n\
        \x20 - {name: two, path: b.csv}\n  - {name: both, children: [one, two]}\n\
        \x20 - {name: later, title: Not loaded, version: v1}\n";
    let manifest = folder.path().join("manifest.yml");
    std::fs::write(&manifest, text).unwrap();
    let server = Served::start(&["--list", manifest.to_str().unwrap()], &[]);
    let catalog = server.get("/catalog").json();
    let of = |name: &str| {
        let datasets = catalog["datasets"].as_array().unwrap();
        datasets.iter().find(|dataset| dataset["name"] == name).cloned().unwrap()
    };
    assert_eq!(
        (&of("one")["version"], &of("one")["index_version"]),
        (&json!("100"), &json!("100"))
    );
    assert_eq!(
        (&of("later")["load"], &of("later")["index_current"]),
        (&json!(false), &json!(false))
    );
    assert_eq!(of("both")["children"], json!(["one", "two"]));
    let total = |path: &str| server.get(path).json()["total"]["value"].as_u64().unwrap();
    assert_eq!(total("/search/both"), total("/search/one") + total("/search/two"));
    assert_eq!(total("/search/later"), 0);
    assert_eq!(server.post("/updatez?token=&sync=true", &Value::Null).code, 403);
}

#[test]
fn hostile_requests_get_a_clear_error_and_hurt_nobody() {
    let server = lists();
    let deep = format!("{{\"queries\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(server.ask("POST", "/match/probes", "", deep.as_bytes()).code, 400);
    let many: String = (0..100_000).map(|n| format!(",\"{n}\":{}", maro())).collect();
    let many = format!("{{\"queries\":{{{}}}}}", &many[1..]);
    assert_eq!(server.ask("POST", "/match/probes", "", many.as_bytes()).code, 413);
    let small: String = (0..100_000).map(|n| format!(",\"{n}\":{{}}")).collect();
    let small = format!("{{\"queries\":{{{}}}}}", &small[1..]);
    let answer = server.ask("POST", "/match/probes", "", small.as_bytes());
    assert_eq!(answer.json()["detail"], "Too many queries in one batch (limit: 100)");
    let long = server.get(&format!("/search/probes?q={}", "a".repeat(60_100)));
    assert_eq!((long.code, long.json()), (414, json!({"detail": "Request URI too long"})));
    let names: Vec<String> = (0..900).map(|n| format!("token{n}")).collect();
    let query = json!({"queries": {"q": {"schema": "Person", "properties": {"name": names}}}});
    let detail = server.post("/match/probes", &query).json()["detail"].clone();
    assert!(detail.as_str().unwrap().contains("requires 901 clauses; maximum is 900"), "{detail}");
    let foreign =
        server.send(b"GET /healthz HTTP/1.1\r\nHost: sample.invalid\r\nConnection: close\r\n\r\n");
    assert_eq!(foreign.code, 421);
    let page = server.ask("GET", "/catalog", "Origin: http://localhost:3333\r\n", b"");
    assert_eq!(page.header("access-control-allow-origin"), Some("http://localhost:3333"));
    let page = server.ask("GET", "/catalog", "Origin: https://sample.invalid\r\n", b"");
    assert_eq!(page.header("access-control-allow-origin"), None);
    assert_eq!(server.get("/healthz").code, 200);
}

/// A Python that has the client: from `CROSSROLL_PYTHON`, or the one that `make setup` provides.
fn python() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let named = std::env::var_os("CROSSROLL_PYTHON").map(PathBuf::from);
    let candidates = named.into_iter().chain([root.join(".venv/bin/python")]);
    candidates.into_iter().find(|python| {
        let import = Command::new(python).args(["-c", "import yente_client"]).output();
        import.is_ok_and(|output| output.status.success())
    })
}

/// `yente-client` of PyPI, as it is. Without it the test says so and passes, except where `CI` is set.
#[test]
#[expect(clippy::print_stderr, reason = "a test that looks at nothing says so")]
fn the_client_of_pypi_works_unchanged() {
    let Some(python) = python() else {
        assert!(std::env::var_os("CI").is_none(), "yente-client is not installed");
        eprintln!("skipped: no Python with yente-client");
        return;
    };
    let server = lists();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/yente_pypi/client.py");
    let output = Command::new(python).arg(script).arg(&server.address).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
