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
-- contents of the case. Lists that an earlier layout kept are version 1, without their files.
CREATE TABLE list_version (
    seq      INTEGER PRIMARY KEY,
    dataset  TEXT NOT NULL,
    version  INTEGER NOT NULL,
    date     TEXT,
    sha256   TEXT NOT NULL,
    added    TEXT,
    entities INTEGER NOT NULL,
    info     TEXT NOT NULL,
    files    TEXT NOT NULL,
    -- How many subjects it added, removed, changed, JSON; NULL for the first.
    changes  TEXT,
    UNIQUE (dataset, version)
) STRICT;
INSERT INTO list_version (dataset, version, date, sha256, entities, info, files)
SELECT name, 1, date, sha256, entities, info, '[]' FROM dataset WHERE kind = 'list' ORDER BY seq;

-- What a version changed, an entity a row. `before` are the statements that it replaced,
-- zlib-compressed JSON; NULL if there were none. What came after is the `before` of the next change
-- of that entity, or what the table of statements has now.
CREATE TABLE list_change (
    seq           INTEGER PRIMARY KEY,
    dataset       TEXT NOT NULL,
    version       INTEGER NOT NULL,
    entity_id     TEXT NOT NULL,
    subject       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    schema        TEXT NOT NULL,
    caption       TEXT NOT NULL,
    delisted      TEXT,
    reported_dead TEXT,
    properties    TEXT NOT NULL,
    before        BLOB,
    UNIQUE (dataset, entity_id, version)
) STRICT;
CREATE INDEX list_change_by_version ON list_change (dataset, version, entity_id);

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

-- Leads: apart from what is large in them, and from what moves with every other lead.
DROP INDEX lead_by_rank;
ALTER TABLE lead RENAME TO former_lead;
CREATE TABLE lead_rank (
    id     TEXT PRIMARY KEY,
    rank   INTEGER NOT NULL,
    points REAL NOT NULL,
    -- The rules that gave the points, in words.
    line   TEXT,
    status TEXT NOT NULL,
    life   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_by_rank ON lead_rank (rank);

CREATE TABLE lead_body (
    id    TEXT PRIMARY KEY,
    -- The least weight among the best matches kept: what weighs less would not be one of them. NULL
    -- if there was room for more.
    floor REAL,
    -- What the rank depends on, JSON.
    facts TEXT NOT NULL,
    -- The lead without its matches, rank and points, JSON.
    body  TEXT NOT NULL
) STRICT;

CREATE TABLE lead_member (
    entity_id TEXT PRIMARY KEY,
    lead_id   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_member_by_lead ON lead_member (lead_id);

CREATE TABLE lead_match (
    lead_id   TEXT NOT NULL,
    -- Its place among those of the lead, from 0, best first.
    place     INTEGER NOT NULL,
    dataset   TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    proposes  TEXT NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (lead_id, place)
) STRICT;
CREATE INDEX lead_match_by_entry ON lead_match (entity_id);

INSERT INTO lead_rank SELECT id, rank, body ->> '$.points', NULL, status, body ->> '$.life'
FROM former_lead;
INSERT INTO lead_body SELECT id, NULL, '{"words":[],"entries":[]}', json_set(body, '$.matches', json('[]'))
FROM former_lead;
INSERT OR IGNORE INTO lead_member SELECT member.value, lead.id
FROM former_lead AS lead, json_each(lead.body, '$.members') AS member;
INSERT INTO lead_match SELECT
    lead.id, found.key, found.value ->> '$.dataset', found.value ->> '$.entity_id',
    found.value ->> '$.proposes', found.value
FROM former_lead AS lead, json_each(lead.body, '$.matches') AS found;
DROP TABLE former_lead;

-- A lead as one text, as it was before: slower than its parts.
CREATE VIEW lead AS SELECT id, rank, status, json_set(
    CASE WHEN line IS NULL THEN body ELSE json_insert(body, '$.reasons[#]', line) END,
    '$.rank', rank, '$.points', points, '$.matches', (
        SELECT json_group_array(json(found.body)) FROM (
            SELECT body FROM lead_match WHERE lead_id = lead_rank.id ORDER BY place
        ) AS found
    )) AS body
FROM lead_rank JOIN lead_body USING (id);
CREATE TRIGGER lead_drop INSTEAD OF DELETE ON lead BEGIN
    DELETE FROM lead_body WHERE id = old.id;
    DELETE FROM lead_member WHERE lead_id = old.id;
    DELETE FROM lead_match WHERE lead_id = old.id;
    DELETE FROM lead_rank WHERE id = old.id;
END;

CREATE INDEX scored_pair_by_right ON scored_pair (right_id);

-- What tells this case from all others, so that a backup goes to its own.
INSERT OR IGNORE INTO meta VALUES ('case_id', lower(hex(randomblob(16))));
