"""Every change of the schema, in order, as SQL.

A comment says what each column holds; docs/reference/schema.md says more.
"""

FIRST = """
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,              -- its lead's key
    lead_id INTEGER NOT NULL,              -- the appearance that speaks for it
    body_id INTEGER NOT NULL,              -- the lead's current text
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    authors TEXT NOT NULL,                 -- JSON list
    published_date TEXT,                   -- YYYY-MM-DD as the page states it
    published_at TEXT,                     -- UTC, only when a time is known
    modified_at TEXT,
    language TEXT,                         -- ISO 639-1
    score REAL,                            -- relevance of the lead
    relevant INTEGER,                      -- 1 when the rules say keep
    appearances INTEGER NOT NULL,          -- how many URLs carry it
    first_seen_at TEXT NOT NULL            -- the earliest of its appearances
);
CREATE INDEX article_published ON article (published_date, key);
CREATE INDEX article_source ON article (source, published_date);

CREATE TABLE appearance (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL UNIQUE,              -- canonical URL that answered
    source TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
    version_id INTEGER REFERENCES version (id) DEFERRABLE INITIALLY DEFERRED,  -- the current one
    versions INTEGER NOT NULL,             -- how many there are
    first_seen_at TEXT NOT NULL,
    checked_at TEXT NOT NULL               -- when it was last read
);
CREATE INDEX appearance_article ON appearance (article_id);

CREATE TABLE body (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,             -- sha256 of the text, hexadecimal
    text TEXT NOT NULL,
    shingles INTEGER NOT NULL              -- how many distinct ones the text has
);

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    appearance_id INTEGER NOT NULL REFERENCES appearance (id),
    number INTEGER NOT NULL,               -- 1, 2, 3 ... within the appearance
    cause TEXT NOT NULL,                   -- first, publisher (changed it) or reading (a better extractor)
    content_hash TEXT NOT NULL,            -- sha256 of what a reader sees
    title TEXT NOT NULL,
    body_id INTEGER NOT NULL REFERENCES body (id),
    authors TEXT NOT NULL,                 -- JSON list
    published_date TEXT,
    published_at TEXT,
    published_precision TEXT,              -- day or minute
    published_raw TEXT,                    -- as seen on the page
    modified_at TEXT,
    language TEXT,
    outlet TEXT,                           -- the portal's name as the page gives it
    credit TEXT,                           -- whom the page credits with the text
    section TEXT,
    keywords TEXT NOT NULL,                -- JSON list
    description TEXT,
    image_url TEXT,
    canonical_claim TEXT,                  -- rel=canonical, as a claim
    provenance TEXT NOT NULL,              -- JSON: field -> where it came from
    extractor TEXT NOT NULL,               -- name and version of what read it
    capture_id INTEGER REFERENCES capture (id),
    crawl_id INTEGER,                      -- null for a fetch by hand
    seen_at TEXT NOT NULL,
    indexed_hash TEXT NOT NULL,            -- digest of what the full-text index was given
    UNIQUE (appearance_id, number)
);
CREATE INDEX version_body ON version (body_id);

CREATE TABLE sketch (
    hash INTEGER NOT NULL,                 -- a shingle's hash that is 0 modulo the sketch's step
    body_id INTEGER NOT NULL REFERENCES body (id),
    PRIMARY KEY (hash, body_id)
) WITHOUT ROWID;
CREATE INDEX sketch_body ON sketch (body_id);

CREATE TABLE overlap (
    body_id INTEGER NOT NULL REFERENCES body (id),
    other_id INTEGER NOT NULL REFERENCES body (id),   -- each pair stands twice, once a direction
    of_shorter REAL NOT NULL,              -- shared shingles, as a share of the shorter text's
    of_longer REAL NOT NULL,
    kind TEXT NOT NULL,                    -- copy, contains or shares
    PRIMARY KEY (body_id, other_id)
) WITHOUT ROWID;

CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    status INTEGER NOT NULL,
    fetched_at TEXT NOT NULL,
    digest TEXT NOT NULL,                  -- sha256:BASE32 of the payload
    file TEXT NOT NULL,                    -- WARC file, relative to the captures folder
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL                -- of the compressed record
);
CREATE INDEX capture_file ON capture (file, offset);
CREATE INDEX capture_url ON capture (url);

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL UNIQUE,              -- canonical URL, asked for or redirected to
    host TEXT NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL,                   -- a storage.records.State
    kind TEXT,
    reason TEXT,
    title TEXT,
    lead TEXT,                             -- the first sentences of what is irrelevant
    published_date TEXT,                   -- of what is irrelevant
    final_key TEXT,                        -- key of the URL that answered, where that is another one
    capture_id INTEGER REFERENCES capture (id),
    tries INTEGER NOT NULL DEFAULT 0,      -- requests since the last success
    met_at TEXT NOT NULL,
    tried_at TEXT,
    due_at TEXT,                           -- when it may be asked for (again); null is never
    crawl_id INTEGER
);
CREATE INDEX outcome_due ON outcome (source, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outcome_state ON outcome (state, source);

CREATE TABLE sighting (
    outcome_id INTEGER NOT NULL REFERENCES outcome (id),
    found_in TEXT NOT NULL,                -- URL of the list page
    found_as TEXT NOT NULL,                -- feed, sitemap, section, redirect or hand
    title TEXT,                            -- the link's text
    published_raw TEXT,                    -- the date beside the link
    seen_at TEXT NOT NULL,
    PRIMARY KEY (outcome_id, found_in)
) WITHOUT ROWID;

CREATE TABLE judgement (
    outcome_id INTEGER PRIMARY KEY REFERENCES outcome (id),
    score REAL NOT NULL,
    relevant INTEGER NOT NULL,
    evidence TEXT NOT NULL,                -- JSON list of term, kind, place, weight
    rules TEXT NOT NULL,                   -- digest of the rules
    judged_at TEXT NOT NULL
);

CREATE TABLE host (
    host TEXT PRIMARY KEY,
    next_at TEXT,                          -- no request before this moment
    delay REAL NOT NULL                    -- seconds between two requests that were last promised
) WITHOUT ROWID;

CREATE TABLE crawl (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    ended_at TEXT,                         -- null while it runs, and for ever if it was killed
    state TEXT NOT NULL,                   -- running, done, stopped, failed or killed
    message TEXT,
    pid INTEGER NOT NULL
);

CREATE TABLE crawl_source (
    crawl_id INTEGER NOT NULL REFERENCES crawl (id),
    source TEXT NOT NULL,
    listed INTEGER NOT NULL,               -- list pages read
    discovered INTEGER NOT NULL,           -- links to articles seen on them
    fetched INTEGER NOT NULL,              -- article pages that answered
    new INTEGER NOT NULL,                  -- appearances made
    versions INTEGER NOT NULL,             -- new versions of known appearances
    unchanged INTEGER NOT NULL,
    rejected TEXT NOT NULL,                -- JSON: kind -> count
    failed TEXT NOT NULL,                  -- JSON: kind -> count
    problems TEXT NOT NULL,                -- JSON list: what was wrong with its list pages
    bytes INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (crawl_id, source)
) WITHOUT ROWID;

CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    crawl_id INTEGER,                      -- null for a fetch by hand
    source TEXT NOT NULL,
    host TEXT NOT NULL,
    url TEXT NOT NULL,
    purpose TEXT NOT NULL,                 -- page, feed, sitemap, section or robots
    sent_at TEXT NOT NULL,
    gap REAL NOT NULL,                     -- seconds promised between it and the host's next request
    status INTEGER,                        -- HTTP status; null while in flight and when nothing answered
    bytes INTEGER,
    seconds REAL,
    error TEXT                             -- the kind of failure
);
CREATE INDEX request_host ON request (host, sent_at);

CREATE VIRTUAL TABLE search_index USING fts5 (
    title, text, content = '',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);

CREATE VIEW articles AS
    SELECT a.key, a.title, b.text, a.published_date, a.published_at, a.modified_at, a.source, a.url,
           a.authors, a.language, a.score, a.relevant, a.appearances, a.first_seen_at
    FROM article a JOIN body b ON b.id = a.body_id;
"""


EVENTS = """
CREATE TABLE event_mention (
    outcome_id INTEGER NOT NULL REFERENCES outcome (id),
    event TEXT NOT NULL,                   -- its name in the registry, such as gdec
    edition INTEGER,                       -- the year; null when the text does not say
    ordinal INTEGER,                       -- which one it is, as its organiser counts
    edition_from TEXT,                     -- where the year is from: name, ordinal, text or date
    place TEXT NOT NULL,                   -- the first place that names it: title, lead or body
    term TEXT NOT NULL,                    -- the name as the registry writes it
    PRIMARY KEY (outcome_id, event)
) WITHOUT ROWID;
CREATE INDEX event_mention_event ON event_mention (event, edition);
ALTER TABLE judgement ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0;
"""

HISTORY = """
ALTER TABLE version ADD COLUMN changes TEXT NOT NULL DEFAULT '[]';  -- JSON list: kinds of change
ALTER TABLE version ADD COLUMN capture_digest TEXT;                 -- of the response that was read
UPDATE version SET capture_digest = (SELECT digest FROM capture WHERE id = version.capture_id);
-- Blanks are no longer a part of what the digest is of.
UPDATE version SET content_hash = hash_of_version(title,
    (SELECT text FROM body WHERE id = version.body_id), authors, published_date, published_at);
ALTER TABLE appearance ADD COLUMN gone_at TEXT;                     -- since when it is known to be gone
ALTER TABLE outcome ADD COLUMN held_hash TEXT;                      -- of a reading not believed yet
ALTER TABLE outcome ADD COLUMN held_at TEXT;                        -- when that was first seen
ALTER TABLE capture ADD COLUMN refers_to INTEGER REFERENCES capture (id);  -- of a revisit: the same bytes
-- Foreign keys that are checked late are looked up from the other side.
CREATE INDEX appearance_version ON appearance (version_id);
ALTER TABLE capture ADD COLUMN part_of TEXT;   -- URL of the article, of a further part of it
-- An article's parts go with it.
CREATE INDEX capture_part ON capture (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX capture_digest ON capture (digest);
CREATE TABLE withdrawal (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    digest TEXT NOT NULL,                  -- sha256 of the last text, hexadecimal
    reason TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE import_file (
    name TEXT PRIMARY KEY,                 -- the file's name and size
    done INTEGER NOT NULL,                 -- records of it that are in the archive
    imported_at TEXT NOT NULL
) WITHOUT ROWID;
"""

GROWTH = """
-- A transaction ends with indexing what it added.
CREATE INDEX version_unindexed ON version (indexed_hash) WHERE indexed_hash = '';
-- What a source has, and in which articles, without reading the rows.
CREATE INDEX appearance_source ON appearance (source, article_id);
CREATE INDEX article_day ON article (id, published_date);
-- A text's hashes are computed from it, when they are to go.
DROP INDEX sketch_body;
DELETE FROM sketch;
INSERT INTO sketch (hash, body_id) SELECT j.value, b.id FROM body b, json_each(sketch_of(b.text)) j
    ORDER BY 1, 2;
"""

ECONOMY = """
CREATE TABLE list_page (
    source TEXT NOT NULL,
    url TEXT NOT NULL,                     -- as it is asked for
    purpose TEXT NOT NULL,                 -- feed, sitemap or section
    final_url TEXT,                        -- what answered with the body
    etag TEXT, last_modified TEXT,         -- validators of the body, as sent
    digest TEXT,                           -- sha256 of the body, hexadecimal
    rules TEXT,                            -- digest of the rules that it was read by
    read_at TEXT, checked_at TEXT,         -- when its body last came; when it last answered
    changed_at TEXT, brought_at TEXT,      -- when it was last another; when it last named a new link
    doubted_at TEXT,                       -- when its validators were last seen to be wrong
    listed INTEGER, links INTEGER,         -- entries, and those of them that are articles
    usual_links REAL,                      -- running mean of the latter, while there were any
    empty_since TEXT,                      -- since when it names no article, where it did before
    newest TEXT,                           -- day of its newest entry
    interval REAL,                         -- seconds after which it wants to be asked again
    skip_hours TEXT, skip_days TEXT,       -- JSON: hours (UTC), days (0 is Monday) of no requests
    further TEXT, problems TEXT,           -- JSON: list pages it leads to; what was wrong with it
    failures INTEGER NOT NULL DEFAULT 0,   -- how often in a row it could not be had
    failing_since TEXT, failure TEXT,      -- since when, and why
    PRIMARY KEY (source, url)
) WITHOUT ROWID;
ALTER TABLE crawl_source ADD COLUMN unchanged_lists INTEGER NOT NULL DEFAULT 0;  -- of those listed
ALTER TABLE crawl_source ADD COLUMN met INTEGER;  -- links met for the first time; null in older crawls
CREATE TABLE health (
    source TEXT PRIMARY KEY,
    condition TEXT NOT NULL,               -- as `wireroom run --on-problem` last saw it
    noted_at TEXT NOT NULL                 -- when it last changed
) WITHOUT ROWID;
CREATE INDEX crawl_source_source ON crawl_source (source, crawl_id);
CREATE INDEX request_crawl ON request (crawl_id, source);
"""

POLITE = """
CREATE TABLE robots_text (
    digest TEXT PRIMARY KEY,               -- sha256 of the text, hexadecimal
    text TEXT NOT NULL                     -- empty when a host has no robots.txt
);
CREATE TABLE robots (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,                  -- scheme, host, and the port unless it is the usual one
    asked_at TEXT NOT NULL,
    digest TEXT REFERENCES robots_text (digest),  -- null when it could not be had
    status INTEGER,                        -- HTTP status; null when nothing answered
    reason TEXT                            -- why it could not be had
);
CREATE INDEX robots_origin ON robots (origin);
ALTER TABLE request ADD COLUMN robots_id INTEGER REFERENCES robots (id);  -- the answer that allows it
ALTER TABLE host ADD COLUMN asked_at TEXT;         -- when its last request was sent
ALTER TABLE host ADD COLUMN ended_at TEXT;         -- when one last ended
ALTER TABLE host ADD COLUMN busy_until TEXT;       -- a request is under way, at the longest until then
ALTER TABLE host ADD COLUMN busy_pid INTEGER;      -- the process that sent it
ALTER TABLE host ADD COLUMN backoff REAL NOT NULL DEFAULT 0;  -- seconds, since it answered 429 or 503
ALTER TABLE host ADD COLUMN day TEXT;              -- the day of the two counts, in UTC
ALTER TABLE host ADD COLUMN pages INTEGER NOT NULL DEFAULT 0;  -- requests on that day
ALTER TABLE host ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;  -- bytes of bodies on that day
"""

BACKFILL = """
CREATE TABLE backfill (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT NOT NULL,                     -- a list page
    purpose TEXT NOT NULL,                 -- sitemap or section
    since TEXT NOT NULL,                   -- the day up to which the backfill goes back
    tries INTEGER NOT NULL,                -- that failed
    reason TEXT,                           -- of the last failure
    read_at TEXT,                          -- null until it was read
    UNIQUE (source, url)
);
ALTER TABLE outcome ADD COLUMN backfill INTEGER NOT NULL DEFAULT 0;  -- 1 when only a backfill met it
DROP INDEX outcome_due;
CREATE INDEX outcome_due ON outcome (source, backfill, due_at) WHERE due_at IS NOT NULL;
"""

PICTURES = """
ALTER TABLE version ADD COLUMN image_caption TEXT;  -- what stands below the lead picture
ALTER TABLE version ADD COLUMN license TEXT;        -- a URL or a name, as the page states it
"""

# What is published is never edited: a change of the schema is one more of these.
MIGRATIONS = (
    ("first", FIRST),
    ("events", EVENTS),
    ("history", HISTORY),
    ("growth", GROWTH),
    ("economy", ECONOMY),
    ("polite", POLITE),
    ("backfill", BACKFILL),
    ("pictures", PICTURES),
)
