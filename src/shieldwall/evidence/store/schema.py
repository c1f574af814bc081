"""The tables, for SQLite and for PostgreSQL: two that only grow, and triggers that keep it so.

The triggers stop slips and other programs; whoever owns the file can drop them. ``verify`` looks
whether they still stand, and the hash chain tells what was done without them.
"""

from __future__ import annotations

FORMAT = 1
"""Grows when a newer Shieldwall writes what this one would misread."""

APPLICATION_ID = 0x53574C44
"""``SWLD``: marks the SQLite file as ours."""

COLUMNS = "seq, at, actor, kind, subject, document, text, claim, payload, previous, hash"

_TABLES = """
CREATE TABLE blobs (
  sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
  bytes {bytes} NOT NULL
);
CREATE TABLE entries (
  seq {integer} PRIMARY KEY NOT NULL CHECK (seq > 0),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL CHECK
    (kind IN ('document', 'document-seen', 'proposal', 'decision', 'note')),
  subject TEXT,
  document TEXT REFERENCES blobs (sha256),
  text TEXT REFERENCES blobs (sha256),
  claim TEXT,
  payload TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
);
CREATE INDEX entries_subject ON entries (subject, kind);
CREATE INDEX entries_document ON entries (document);
CREATE INDEX entries_claim ON entries (claim) WHERE claim IS NOT NULL;
"""

_SQLITE_TRIGGERS = (
    "CREATE TRIGGER entries_update BEFORE UPDATE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER entries_delete BEFORE DELETE ON entries"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows'); END",
    "CREATE TRIGGER entries_insert BEFORE INSERT ON entries"
    " WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entries)"
    " BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END",
    "CREATE TRIGGER blobs_update BEFORE UPDATE ON blobs"
    " BEGIN SELECT RAISE(ABORT, 'stored bytes never change'); END",
    "CREATE TRIGGER blobs_delete BEFORE DELETE ON blobs"
    " BEGIN SELECT RAISE(ABORT, 'stored bytes never change'); END",
    # REPLACE would delete without waking the trigger above
    "CREATE TRIGGER blobs_insert BEFORE INSERT ON blobs"
    " WHEN EXISTS (SELECT 1 FROM blobs WHERE sha256 = NEW.sha256)"
    " BEGIN SELECT RAISE(IGNORE); END",
)

SQLITE = (
    *(s.strip() for s in _TABLES.format(bytes="BLOB", integer="INTEGER").split(";") if s.strip()),
    *_SQLITE_TRIGGERS,
)
"""Statements as ``sqlite_master`` keeps them, so that ``verify`` can compare."""

SCHEMA = "shieldwall"
"""The PostgreSQL schema that holds the tables; the database may hold others."""

_REFUSE = """
CREATE FUNCTION only_grows() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$;
CREATE FUNCTION at_its_end() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM shieldwall.entries) THEN
    RAISE EXCEPTION 'the log only grows at its end';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entries_insert BEFORE INSERT ON entries
  FOR EACH ROW EXECUTE FUNCTION at_its_end();
CREATE TRIGGER entries_change BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TRIGGER blobs_change BEFORE UPDATE OR DELETE OR TRUNCATE ON blobs
  FOR EACH STATEMENT EXECUTE FUNCTION only_grows();
CREATE TABLE format (version INTEGER NOT NULL);
"""

POSTGRES_TRIGGERS = ("blobs_change", "entries_change", "entries_insert")

POSTGRES = (
    f"CREATE SCHEMA {SCHEMA}; SET LOCAL search_path = {SCHEMA};"
    + _TABLES.format(bytes="BYTEA", integer="BIGINT")
    + _REFUSE
    + f"INSERT INTO format VALUES ({FORMAT});"
)
