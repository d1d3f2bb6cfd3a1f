//! Query files of `screen`: CSV with a header, or JSON lines in FtM terms, to entities.

use std::io::{BufRead, BufReader, Read};

use model::{DatasetName, Entity, EntityId, Statement};
use serde_json::{Map, Value};

use crate::CaseError;

/// Bytes of one line of a query file. A query has some hundred bytes.
const LINE_BYTES_MAX: usize = 1 << 20;

/// Header words of a CSV and the properties they mean; others are taken as FtM property names.
const COLUMNS: [(&str, &str); 17] = [
    ("dob", "birthDate"),
    ("birthdate", "birthDate"),
    ("dateofbirth", "birthDate"),
    ("aliases", "alias"),
    ("aka", "alias"),
    ("kunya", "weakAlias"),
    ("namear", "name"),
    ("nameru", "name"),
    ("fullname", "name"),
    ("birthplace", "birthPlace"),
    ("placeofbirth", "birthPlace"),
    ("passport", "passportNumber"),
    ("passportnumber", "passportNumber"),
    ("idnumber", "idNumber"),
    ("mothername", "motherName"),
    ("fathername", "fatherName"),
    ("sex", "gender"),
];

/// Reads all queries of a file, in order.
pub fn read_queries(bytes: impl Read) -> Result<Vec<Entity>, CaseError> {
    let mut reader = BufReader::new(bytes);
    let start = reader.fill_buf().map_err(|e| unreadable(1, &e))?;
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    let first = start.iter().find(|b| !b.is_ascii_whitespace());
    if first == Some(&b'{') { read_json_lines(reader) } else { read_csv(reader) }
}

fn read_json_lines(mut reader: impl BufRead) -> Result<Vec<Entity>, CaseError> {
    let mut queries = Vec::new();
    let mut line = String::new();
    for number in 1.. {
        line.clear();
        let count = reader
            .by_ref()
            .take(LINE_BYTES_MAX as u64)
            .read_line(&mut line)
            .map_err(|e| unreadable(number, &e))?;
        if count == 0 {
            break;
        }
        let text = line.trim_start_matches('\u{feff}').trim();
        if !text.is_empty() {
            queries.push(parse_query(text, number)?);
        }
    }
    Ok(queries)
}

fn parse_query(text: &str, line: u64) -> Result<Entity, CaseError> {
    let wrong = |reason: &str| CaseError::Query { line, reason: reason.to_owned() };
    let query: Map<String, Value> =
        serde_json::from_str(text).map_err(|e| wrong(&format!("no JSON object: {e}")))?;
    let id = match query.get("id") {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(wrong("no id")),
    };
    entity_of(&id, &query).ok_or_else(|| wrong("no properties"))
}

/// The entity that a JSON object describes in FtM terms; nothing if it has no `properties`.
pub fn entity_of(id: &str, object: &Map<String, Value>) -> Option<Entity> {
    let schema = object.get("schema").and_then(Value::as_str).unwrap_or("Person");
    let properties = object.get("properties").and_then(Value::as_object)?;
    let mut entity = Entity::new(EntityId::from(id), schema);
    for (prop, values) in properties {
        let values = match values {
            Value::Array(values) => values.iter().filter_map(Value::as_str).collect(),
            Value::String(value) => vec![value.as_str()],
            _ => Vec::new(),
        };
        for value in values {
            add(&mut entity, prop, value);
        }
    }
    Some(entity)
}

fn read_csv(reader: impl Read) -> Result<Vec<Entity>, CaseError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(reader);
    let headers = reader.headers().map_err(|e| csv_error(&e))?.clone();
    let columns: Vec<String> = headers.iter().map(property_of).collect();
    let id_column = columns.iter().position(|c| c == "id");
    if !columns.iter().any(|c| c == "name") {
        let reason = "the header names no column `name`".to_owned();
        return Err(CaseError::Query { line: 1, reason });
    }
    let mut queries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|e| csv_error(&e))?;
        let running = (queries.len() + 1).to_string();
        let id = id_column.and_then(|c| row.get(c)).unwrap_or(&running);
        let mut entity = Entity::new(EntityId::from(id), "Person");
        for (prop, text) in columns.iter().zip(row.iter()) {
            match prop.as_str() {
                "id" => {}
                "schema" if !text.is_empty() => entity.schema = text.into(),
                "alias" => text.split(';').for_each(|alias| add(&mut entity, prop, alias)),
                _ => add(&mut entity, prop, text),
            }
        }
        queries.push(entity);
    }
    Ok(queries)
}

/// The FtM property that a column holds: by the table, else `birth_date` as `birthDate`.
fn property_of(header: &str) -> String {
    let header = header.trim_start_matches('\u{feff}').trim();
    let plain: String =
        header.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if let Some((_, prop)) = COLUMNS.iter().find(|(word, _)| *word == plain) {
        return (*prop).to_owned();
    }
    // A header in capitals says nothing by its case; one in mixed case may be an FtM name.
    let lower = header.to_lowercase();
    let header = if header == header.to_uppercase() { lower.as_str() } else { header };
    let mut prop = String::new();
    for (i, word) in header.split(['_', ' ', '-']).filter(|w| !w.is_empty()).enumerate() {
        let mut letters = word.chars();
        match (i, letters.next()) {
            (0, Some(first)) => prop.extend(first.to_lowercase()),
            (_, Some(first)) => prop.extend(first.to_uppercase()),
            (_, None) => {}
        }
        prop.push_str(letters.as_str());
    }
    prop
}

fn add(entity: &mut Entity, prop: &str, value: &str) {
    let value = value.trim();
    if !value.is_empty() {
        let dataset = DatasetName::from("query");
        let schema = entity.schema.clone();
        entity.add(Statement::new(entity.id.clone(), schema, prop, value, dataset));
    }
}

fn unreadable(line: u64, error: &std::io::Error) -> CaseError {
    CaseError::Query { line, reason: format!("cannot be read: {error}") }
}

fn csv_error(error: &csv::Error) -> CaseError {
    let line = error.position().map_or(0, csv::Position::line);
    CaseError::Query { line, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = "id,name,birth_date,nationality\nq1,Sample One,1980,FR\n";
        let json = "{\"id\":\"q1\",\"properties\":{\"name\":[\"Sample One\"],\
                    \"birthDate\":\"1980\",\"nationality\":[\"FR\"]}}\n";
        assert_eq!(read_queries(csv.as_bytes()).unwrap(), read_queries(json.as_bytes()).unwrap());
    }

    #[test]
    fn a_broken_line_is_named() {
        let text = "{\"id\":\"q1\",\"properties\":{}}\n{\"id\":";
        let error = read_queries(text.as_bytes()).unwrap_err();
        assert!(matches!(error, CaseError::Query { line: 2, .. }));
        let error = read_queries("id,dob\n1,1980\n".as_bytes()).unwrap_err();
        assert!(matches!(error, CaseError::Query { line: 1, .. }));
    }

    #[test]
    fn headers_are_read_by_meaning() {
        for (header, prop) in [
            ("Date of Birth", "birthDate"),
            ("passport_number", "passportNumber"),
            ("NAME", "name"),
        ] {
            assert_eq!(property_of(header), prop, "{header}");
        }
    }
}
