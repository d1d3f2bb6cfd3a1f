//! `cargo xtask ftm-labels MODEL.json`: what FtM calls its schemata, properties and topics, where that is
//! not the name in words. `ftm dump-model` of the Python package writes MODEL.json.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

pub(crate) fn run(root: &Path, model: &Path) -> anyhow::Result<()> {
    let model: Value = serde_json::from_str(&fs::read_to_string(model)?)?;
    let mut out = format!(
        "# What FollowTheMoney {} calls its schemata (one and many), properties and topics. Copyright (c)\n\
         # OpenSanctions and others, MIT license. Made by `cargo xtask ftm-labels`.\n",
        model["version"].as_str().unwrap_or("of no version")
    );
    let empty = Map::new();
    let objects = |name: &str, of: &Value| of[name].as_object().cloned().unwrap_or_default();
    for (name, schema) in &objects("schemata", &model) {
        let (one, many) = (text(schema, "label"), text(schema, "plural"));
        writeln!(out, "schema\t{name}\t{one}\t{many}")?;
        for property in objects("properties", schema).values() {
            let (qualified, label) = (text(property, "qname"), text(property, "label"));
            // Inherited ones are declared elsewhere, reverse ones are names of links.
            if qualified.split(':').next() == Some(name) && !label.is_empty() {
                writeln!(out, "property\t{qualified}\t{label}")?;
            }
        }
    }
    let topics = model["types"]["topic"]["values"].as_object().unwrap_or(&empty);
    for (topic, label) in topics {
        writeln!(out, "topic\t{topic}\t{}", label.as_str().unwrap_or_default())?;
    }
    fs::write(root.join("crates/model/data/labels.tsv"), out)?;
    Ok(())
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}
