//! The reconciliation service, over real HTTP on loopback, in the shapes of the standard (0.2) and with
//! what `OpenRefine` sends.

mod support;

use std::fmt::Write as _;

use serde_json::{Value, json};
use support::http::{Response, Served};
use support::probes::lists;

/// Sends a form of one field, as `OpenRefine` does.
fn post(server: &Served, path: &str, field: &str, value: &Value) -> Response {
    let text = value.to_string();
    let encoded = text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02x}");
        encoded
    });
    let headers = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n";
    server.ask("POST", path, headers, format!("{field}={encoded}").as_bytes())
}

fn is_type(value: &Value) -> bool {
    value["id"].is_string() && value["name"].is_string() && value["description"].is_string()
}

#[test]
fn the_manifest_names_what_there_is() {
    let server = lists();
    let manifest = server.get("/reconcile/probes?api_key=x").json();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    let space = manifest["identifierSpace"].as_str().unwrap();
    assert!(space.starts_with("https://www.opensanctions.org"), "{space}");
    assert_eq!(manifest["batchSize"], 3);
    let types = manifest["defaultTypes"].as_array().unwrap();
    assert!(types.len() > 3 && types.iter().all(is_type), "{types:?}");
    for service in ["entity", "type", "property"] {
        let place = &manifest["suggest"][service];
        assert_eq!(place["service_url"], format!("http://{}/reconcile/probes", server.address));
        assert_eq!(place["service_path"], format!("/suggest/{service}?api_key=x"));
    }
    assert_eq!(
        manifest["extend"]["propose_properties"]["service_path"],
        "/extend/property?api_key=x"
    );
    for setting in manifest["extend"]["property_settings"].as_array().unwrap() {
        assert!(setting["name"].is_string() && setting["label"].is_string(), "{setting}");
        for choice in setting["choices"].as_array().unwrap() {
            assert!(choice["value"].is_string() && choice["name"].is_string(), "{choice}");
        }
    }
    let preview = manifest["preview"]["url"].as_str().unwrap();
    let page = preview.replace("{{id}}", "pr-1");
    let page = server.get(page.strip_prefix(&format!("http://{}", server.address)).unwrap());
    assert!(String::from_utf8(page.body.clone()).unwrap().contains("Maro Testanov"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("frame-ancestors http://localhost:*")
    );
    assert_eq!(server.get("/reconcile/banana").code, 404);
}

#[test]
fn queries_bring_up_candidates() {
    let server = lists();
    let queries = json!({
        "q0": {"query": "Maro TESTANOV"},
        "q1": {"query": "Testanov", "type": "Person", "limit": 1, "type_strict": "should",
               "properties": [{"pid": "Person:birthDate", "v": "1965-02-03"}, {"pid": "no:such", "v": 1}]},
        "q2": {"query": "sample wave", "type": ["Vessel"]},
    });
    for path in ["/reconcile/probes", "/reconcile/default"] {
        let answer = post(&server, path, "queries", &queries);
        assert_eq!((answer.code, answer.header("x-batch-size")), (200, Some("3")));
        let answer = answer.json();
        let first = &answer["q0"]["result"][0];
        assert_eq!(first["id"], "pr-1");
        assert!(first["name"].is_string() && first["match"].is_boolean(), "{first}");
        assert!((0.0..=1.0).contains(&first["score"].as_f64().unwrap()));
        assert!(first["type"].as_array().unwrap().iter().all(is_type), "{first}");
        let mut ids: Vec<String> = answer["q0"]["result"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["id"].to_string())
            .collect();
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "each is named once: {}", answer["q0"]);
        assert_eq!(answer["q1"]["result"].as_array().unwrap().len(), 1);
        assert_eq!(answer["q1"]["result"][0]["match"], true);
        assert_eq!(answer["q2"]["result"][0]["id"], "ve-1");
    }
    // The standard lets clients put them into the address.
    let answer = server
        .get("/reconcile/probes?queries=%7B%22a%22%3A%7B%22query%22%3A%22maro%20testanov%22%7D%7D");
    assert_eq!(answer.json()["a"]["result"][0]["id"], "pr-1");
    let many: serde_json::Map<String, Value> =
        (0..101).map(|n| (n.to_string(), json!({"query": "x"}))).collect();
    for bad in [
        json!({"q": {"type": "Banana"}}),
        json!({"q": {"query": 37_473_874}}),
        json!([]),
        json!(many),
    ] {
        assert_eq!(post(&server, "/reconcile/probes", "queries", &bad).code, 400, "{bad}");
    }
    assert_eq!(post(&server, "/reconcile/probes", "nothing", &json!({})).code, 400);
}

#[test]
fn values_of_properties_extend_rows() {
    let server = lists();
    let query = json!({
        "ids": ["pr-1", "nobody"],
        "properties": [
            {"id": "name", "settings": {"limit": "1"}},
            {"id": "nationality"},
            {"id": "topics", "settings": {"render": "raw"}},
            {"id": "noSuchThing"},
        ],
    });
    let answer = post(&server, "/reconcile/probes", "extend", &query).json();
    let names: Vec<&Value> =
        answer["meta"].as_array().unwrap().iter().map(|meta| &meta["id"]).collect();
    assert_eq!(names, ["name", "nationality", "topics"]);
    let row = &answer["rows"]["pr-1"];
    assert_eq!(row["name"], json!([{"str": "Maro Testanov"}]));
    assert_eq!(row["nationality"], json!([{"str": "Russia"}]));
    assert_eq!(row["topics"], json!([{"str": "sanction"}]));
    assert_eq!(answer["rows"]["nobody"], json!({}));
    let merged = json!({"ids": ["old-pr-1"], "properties": []});
    assert_eq!(post(&server, "/reconcile/probes", "extend", &merged).code, 400);
    let answer = server.get("/reconcile/probes/extend/property?limit=5&type=LegalEntity").json();
    assert_eq!((&answer["type"], &answer["limit"]), (&json!("LegalEntity"), &json!(5)));
    let ids: Vec<&str> = answer["properties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["id"].as_str().unwrap())
        .collect();
    assert!(ids.len() == 5 && ids.contains(&"name") && ids.contains(&"country"), "{ids:?}");
    assert_eq!(server.get("/reconcile/probes/extend/property?type=Banana").code, 400);
}

#[test]
fn suggestions_follow_what_is_typed() {
    let server = lists();
    let ids = |path: &str| -> Vec<String> {
        let answer = server.get(&format!("/reconcile/probes/suggest/{path}")).json();
        assert_eq!(answer["code"], "/api/status/ok");
        let result = answer["result"].as_array().unwrap();
        result.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    for nothing in
        ["entity", "property", "type", "entity?prefix=banana man", "property?prefix=banana"]
    {
        assert!(ids(nothing).is_empty(), "{nothing}");
    }
    assert_eq!(ids("entity?prefix=maro tes"), ["pr-1"]);
    let properties = ids("property?prefix=country");
    for wanted in ["Thing:country", "LegalEntity:mainCountry"] {
        assert!(properties.iter().any(|id| id == wanted), "{properties:?}");
    }
    assert_eq!(ids("type?prefix=organ"), ["Organization"]);
}
