-- Accounts of a desk: who may come in, and who is in which case. Of passwords, sessions, tokens and
-- links only hashes are kept. Layout 1.
CREATE TABLE account (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE COLLATE NOCASE,
    admin     INTEGER NOT NULL,
    disabled  INTEGER NOT NULL,
    password  TEXT,
    totp      BLOB,
    -- The last time step that a code was taken for: a code is good once.
    totp_step INTEGER NOT NULL,
    created   INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    account   INTEGER NOT NULL REFERENCES account (id),
    case_name TEXT NOT NULL,
    role      TEXT NOT NULL,
    PRIMARY KEY (account, case_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    hash    TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE token (
    id        INTEGER PRIMARY KEY,
    hash      TEXT NOT NULL UNIQUE,
    account   INTEGER NOT NULL REFERENCES account (id),
    label     TEXT NOT NULL,
    scope     TEXT NOT NULL,
    case_name TEXT,
    created   INTEGER NOT NULL,
    expires   INTEGER NOT NULL
) STRICT;

-- Links that set a password, once.
CREATE TABLE link (
    hash    TEXT PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
