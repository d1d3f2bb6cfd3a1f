"""Reads FtM files written by us with the reference implementation and tells what it saw.

Usage: check.py ENTITIES STATEMENTS MODEL. Prints one JSON object: entities as read and as cleaned anew,
statements with the ids that followthemoney computes, entities folded from the statements with their
checksums, and the model in the shape of our data file.
"""
import json
import sys
from collections import defaultdict

from followthemoney import EntityProxy, model
from followthemoney.dataset import Dataset
from followthemoney.statement import StatementEntity
from followthemoney.statement.serialize import read_path_statements
from pathlib import Path


def shape(proxy):
    properties = {p.name: sorted(proxy.get(p)) for p in proxy.iterprops()}
    return {"id": proxy.id, "schema": proxy.schema.name, "properties": properties}


def entities(path):
    for line in open(path, encoding="utf-8"):
        data = json.loads(line)
        read = EntityProxy.from_dict(data)
        cleaned = EntityProxy.from_dict(data, cleaned=False)
        yield {"read": shape(read), "cleaned": shape(cleaned)}


def statements(path):
    folded = defaultdict(list)
    rows = []
    for statement in read_path_statements(Path(path), "csv"):
        rows.append(
            {
                "id": statement.id,
                "computed": statement.generate_key(),
                "prop_type": statement.prop_type,
                "entity_id": statement.entity_id,
                "prop": statement.prop,
                "value": statement.value,
                "lang": statement.lang,
                "original_value": statement.original_value,
                "external": statement.external,
            }
        )
        folded[statement.canonical_id].append(statement)
    dataset = Dataset.make({"name": "sample", "title": "Sample"})
    whole = {}
    for id, group in sorted(folded.items()):
        entity = StatementEntity.from_statements(dataset, group)
        sums = [s.value for s in entity.statements if s.prop == "id"]
        stated = [s.value for s in group if s.prop == "id"]
        whole[id] = {**shape(entity), "checksums": sums, "stated": stated}
    return rows, whole


def the_model():
    facts = model.to_dict()
    types = facts["types"]
    schemata = {}
    for name, raw in facts["schemata"].items():
        schema = {k: raw[k] for k in ("extends", "abstract", "matchable", "hidden", "generated",
                                      "caption", "featured", "required", "temporalExtent") if raw.get(k)}
        if "edge" in raw:
            schema["edge"] = {k: raw["edge"][k] for k in ("source", "target", "caption", "directed")}
        schema["properties"] = {
            p: property_facts(v, types) for p, v in raw["properties"].items() if not v.get("stub")
        }
        schemata[name] = schema
    kinds = {
        name: {k: raw[k] for k in ("maxLength", "group", "matchable", "pivot") if raw.get(k)}
        for name, raw in types.items()
    }
    return {"types": kinds, "schemata": schemata}


def property_facts(raw, types):
    kind = types[raw["type"]]
    facts = {k: raw[k] for k in ("range", "reverse", "format", "hidden", "deprecated") if raw.get(k)}
    if raw["type"] != "string":
        facts["type"] = raw["type"]
    if bool(raw.get("matchable")) != bool(kind.get("matchable")):
        facts["matchable"] = bool(raw.get("matchable"))
    if raw["maxLength"] != kind["maxLength"]:
        facts["maxLength"] = raw["maxLength"]
    return facts


rows, whole = statements(sys.argv[2])
print(
    json.dumps(
        {
            "entities": list(entities(sys.argv[1])),
            "statements": rows,
            "folded": whole,
            "model": the_model(),
        }
    )
)
