-- Layout 3: one journal of all that people did, instead of a log for each kind of act; the versions
-- of lists and what changed between them.
CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,
    act     TEXT NOT NULL,
    -- What it is about, to look it up by: a lead, a record, a document; of a pair the left one.
    subject TEXT NOT NULL,
    user    TEXT NOT NULL,
    time    TEXT NOT NULL,
    batch   TEXT,
    -- The whole entry but its number, JSON.
    body    TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_subject ON journal (subject);

INSERT INTO journal (act, subject, user, time, body)
SELECT 'judgement', left_id, user, time, json_object(
    'act', 'judgement',
    'what', json_object('left', left_id, 'right', right_id, 'verdict', verdict),
    'user', user, 'time', time, 'reason', reason)
FROM judgement AS said WHERE verdict <> 'cleared' AND NOT EXISTS (
    SELECT 1 FROM judgement AS later
    WHERE later.verdict = 'cleared' AND later.seq > said.seq
      AND later.left_id = said.left_id AND later.right_id = said.right_id)
ORDER BY seq;
INSERT INTO journal (act, subject, user, time, body)
SELECT 'decision', lead_id, user, time, json_object(
    'act', 'decision',
    'what', json_object('lead_id', lead_id, 'members', json(members), 'status', status),
    'user', user, 'time', time, 'reason', reason)
FROM decision WHERE status IS NOT NULL ORDER BY seq;
DROP TABLE judgement;
DROP TABLE decision;

-- Every version of a list that was loaded, the current one included; the bytes of its files are
-- contents of the case.
CREATE TABLE list_version (
    dataset  TEXT NOT NULL,
    version  INTEGER NOT NULL,
    date     TEXT,
    sha256   TEXT NOT NULL,
    added    TEXT NOT NULL,
    entities INTEGER NOT NULL,
    info     TEXT NOT NULL,
    PRIMARY KEY (dataset, version)
) STRICT, WITHOUT ROWID;

-- What a version changed: `before` and `after` are the statements, zlib-compressed JSON.
CREATE TABLE list_change (
    dataset   TEXT NOT NULL,
    version   INTEGER NOT NULL,
    entity_id TEXT NOT NULL,
    kind      TEXT NOT NULL,
    caption   TEXT NOT NULL,
    before    BLOB,
    after     BLOB,
    PRIMARY KEY (dataset, version, entity_id)
) STRICT, WITHOUT ROWID;

-- The full-text index: words of what intake read, and of which reading. Made again at any time.
CREATE TABLE text_document (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256  TEXT NOT NULL UNIQUE,
    version TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE text_word USING fts5(
    text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- Views and searches that people keep for themselves.
CREATE TABLE saved (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    time TEXT NOT NULL,
    UNIQUE (user, kind, name)
) STRICT;
