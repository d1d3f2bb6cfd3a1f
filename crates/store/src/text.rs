//! The full-text index of what intake read: which documents hold these words.
//!
//! It holds words and no text: where in a document they stand, its layout tells. The caller folds
//! texts and questions alike. It can be made again at any time, so nothing else rests on it.

use model::DocumentId;
use rusqlite::{OptionalExtension as _, params};

use crate::{Store, StoreError};

/// Documents of one transaction. Chosen by hand.
const BATCH: usize = 256;

impl Store {
    /// Indexes what was read and is not indexed, or was read anew; tells how many documents.
    /// `fold` makes the text to be indexed out of the text of a layout.
    pub fn index_text(&mut self, fold: impl Fn(&str) -> String) -> Result<u64, StoreError> {
        let mut indexed = 0;
        loop {
            let todo = self.not_indexed()?;
            if todo.is_empty() {
                return Ok(indexed);
            }
            let mut texts = Vec::with_capacity(todo.len());
            for (document, version) in todo {
                let text = self.reading(&document)?.map(|(layout, _)| fold(&layout.text()));
                texts.push((document, version, text.unwrap_or_default()));
            }
            let tx = self.connection.transaction()?;
            for (document, version, text) in &texts {
                let sql = "SELECT seq FROM text_document WHERE sha256 = ?1";
                let known: Option<i64> = tx
                    .prepare_cached(sql)?
                    .query_row([document.as_str()], |r| r.get(0))
                    .optional()?;
                if let Some(seq) = known {
                    tx.prepare_cached("DELETE FROM text_word WHERE rowid = ?1")?.execute([seq])?;
                    tx.prepare_cached("DELETE FROM text_document WHERE seq = ?1")?
                        .execute([seq])?;
                }
                tx.prepare_cached("INSERT INTO text_document (sha256, version) VALUES (?1, ?2)")?
                    .execute(params![document.as_str(), version])?;
                let seq = tx.last_insert_rowid();
                tx.prepare_cached("INSERT INTO text_word (rowid, text) VALUES (?1, ?2)")?
                    .execute(params![seq, text])?;
                indexed += 1;
            }
            tx.commit()?;
        }
    }

    /// Whether there is something to index.
    pub fn is_text_indexed(&self) -> Result<bool, StoreError> {
        Ok(self.not_indexed()?.is_empty())
    }

    fn not_indexed(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
        let mut query = self.connection.prepare_cached(
            "SELECT r.sha256, r.version FROM reading r
             LEFT JOIN text_document t ON t.sha256 = r.sha256
             WHERE t.version IS NULL OR t.version <> r.version ORDER BY r.sha256 LIMIT ?1",
        )?;
        let most = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let rows = query.query_map([most], |row| {
            Ok((DocumentId::from(row.get::<_, String>(0)?), row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The documents that hold all of these words, best first, and how many there are. The last
    /// word may be the beginning of one.
    pub fn find_text(
        &self,
        words: &[String],
        most: usize,
    ) -> Result<(Vec<DocumentId>, u64), StoreError> {
        let Some((last, before)) = words.split_last() else { return Ok((Vec::new(), 0)) };
        // Within quotes every sign is text, so nothing a person types is syntax.
        let quoted = |word: &String| format!("\"{}\"", word.replace('"', "\"\""));
        let mut terms: Vec<String> = before.iter().map(quoted).collect();
        terms.push(format!("{}*", quoted(last)));
        let asked = terms.join(" ");
        let count: i64 = self
            .connection
            .prepare_cached("SELECT count(*) FROM text_word WHERE text_word MATCH ?1")?
            .query_row([&asked], |r| r.get(0))?;
        let mut query = self.connection.prepare_cached(
            "SELECT t.sha256 FROM text_word w JOIN text_document t ON t.seq = w.rowid
             WHERE text_word MATCH ?1 ORDER BY w.rank, t.sha256 LIMIT ?2",
        )?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = query
            .query_map(params![asked, most], |r| Ok(DocumentId::from(r.get::<_, String>(0)?)))?;
        Ok((rows.collect::<Result<_, _>>()?, u64::try_from(count).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::{Block, Document, DocumentState, Layout, Place, Span};

    use crate::{Arrival, Store};

    fn arrival(id: &str, text: &str) -> Arrival {
        let layout = Layout {
            pages: Vec::new(),
            blocks: vec![Block::Paragraph(Span::new(text, Place::Paragraph { index: 0 }))],
        };
        Arrival {
            document: Document {
                path: format!("{id}.txt"),
                id: id.into(),
                size: 1,
                state: DocumentState::Read,
                reason: None,
                media_type: "text/plain".into(),
            },
            reading: Some((layout, BTreeMap::new())),
            problems: Vec::new(),
        }
    }

    #[test]
    fn words_are_found_also_begun_ones_and_no_sign_is_syntax() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("case")).unwrap();
        let arrivals = [arrival("aa", "sample border gate"), arrival("bb", "سمير كريم")];
        store.add_arrivals(&"stick".into(), "v1", &arrivals).unwrap();
        assert_eq!(store.index_text(str::to_lowercase).unwrap(), 2);
        assert_eq!(store.index_text(str::to_lowercase).unwrap(), 0, "once");
        let find = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            store.find_text(&words, 10).unwrap().1
        };
        assert_eq!(find(&["sample", "bord"]), 1);
        assert_eq!(find(&["bord", "sample"]), 0, "only the last word may be begun");
        assert_eq!(find(&["كريم"]), 1);
        for odd in ["\"", "a OR b", "NEAR(", "*", "-x", "text:"] {
            assert_eq!(find(&[odd]), 0, "{odd}");
        }
    }

    #[test]
    fn a_document_that_is_read_anew_is_indexed_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("case")).unwrap();
        store.add_arrivals(&"stick".into(), "v1", &[arrival("aa", "before")]).unwrap();
        store.index_text(str::to_owned).unwrap();
        let sql = "UPDATE reading SET version = 'v2'";
        store.connection.execute(sql, []).unwrap();
        assert_eq!(store.index_text(|_| "after".to_owned()).unwrap(), 1);
        assert_eq!(store.find_text(&["before".to_owned()], 9).unwrap().1, 0);
        assert_eq!(store.find_text(&["after".to_owned()], 9).unwrap().1, 1);
    }
}
