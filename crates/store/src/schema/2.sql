-- Layout 2: the stored nouns: document, statement (with citation), problem, scored pair, lead, and
-- two logs. Entity and cluster are views and have no table. Frozen: later layouts add to it.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE dataset (
    seq      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    title    TEXT NOT NULL,
    date     TEXT,
    sha256   TEXT NOT NULL,
    entities INTEGER NOT NULL,
    info     TEXT NOT NULL
) STRICT;

-- The ledger: one row a file or archive member.
CREATE TABLE document (
    seq        INTEGER PRIMARY KEY,
    dataset    TEXT NOT NULL,
    path       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    state      TEXT NOT NULL,
    reason     TEXT,
    media_type TEXT NOT NULL,
    UNIQUE (dataset, path, sha256)
) STRICT;
CREATE INDEX document_by_content ON document (sha256);

-- What intake understood of a content, once a content; `layout` is zlib-compressed JSON.
CREATE TABLE reading (
    sha256   TEXT PRIMARY KEY,
    version  TEXT NOT NULL,
    layout   BLOB NOT NULL,
    metadata TEXT NOT NULL
) STRICT;

-- Which step ran over which input, in which version: a rerun skips what is done.
CREATE TABLE step (
    name TEXT NOT NULL,
    item TEXT NOT NULL,
    key  TEXT NOT NULL,
    PRIMARY KEY (name, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE problem (
    seq     INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    path    TEXT NOT NULL,
    stage   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    message TEXT NOT NULL,
    place   TEXT
) STRICT;

CREATE TABLE statement (
    seq            INTEGER PRIMARY KEY,
    entity_id      TEXT NOT NULL,
    schema         TEXT NOT NULL,
    prop           TEXT NOT NULL,
    value          TEXT NOT NULL,
    dataset        TEXT NOT NULL,
    lang           TEXT,
    original_value TEXT,
    origin         TEXT,
    external       INTEGER NOT NULL,
    first_seen     TEXT,
    last_seen      TEXT,
    document       TEXT,
    place          TEXT,
    method         TEXT,
    confidence     REAL
) STRICT;
CREATE INDEX statement_by_entity ON statement (entity_id);
CREATE INDEX statement_by_dataset ON statement (dataset);
CREATE INDEX statement_by_document ON statement (document) WHERE document IS NOT NULL;

CREATE TABLE scored_pair (
    left_id     TEXT NOT NULL,
    right_id    TEXT NOT NULL,
    weight      REAL NOT NULL,
    probability REAL NOT NULL,
    score       REAL NOT NULL,
    explanation TEXT NOT NULL,
    PRIMARY KEY (left_id, right_id)
) STRICT, WITHOUT ROWID;

-- Append-only logs.
CREATE TABLE judgement (
    seq      INTEGER PRIMARY KEY,
    left_id  TEXT NOT NULL,
    right_id TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    user     TEXT NOT NULL,
    time     TEXT NOT NULL,
    reason   TEXT
) STRICT;

CREATE TABLE decision (
    seq     INTEGER PRIMARY KEY,
    lead_id TEXT NOT NULL,
    members TEXT NOT NULL,
    status  TEXT,
    user    TEXT NOT NULL,
    time    TEXT NOT NULL,
    reason  TEXT
) STRICT;

CREATE TABLE lead (
    id     TEXT PRIMARY KEY,
    rank   INTEGER NOT NULL,
    status TEXT NOT NULL,
    body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_by_rank ON lead (rank);
