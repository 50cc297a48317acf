-- The whole current schema, wing by wing. Times are UTC milliseconds, booleans 0 or 1. One sentence stands above each table.
-- A foreign key may point at a table further down; a trigger stands below the tables that it is about. How files of older
-- versions come to this shape is told in docs/schema.md.

-- =====================================================================================================================
-- The installation and the team.
-- =====================================================================================================================

-- The installation: exactly one row, made by the setup page.
CREATE TABLE company (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    logo_file TEXT,
    logo_type TEXT CHECK (logo_type IN ('image/png', 'image/jpeg', 'image/webp')),
    time_zone TEXT NOT NULL DEFAULT 'America/Sao_Paulo',
    language TEXT NOT NULL DEFAULT 'pt-BR' CHECK (language IN ('pt-BR', 'en')),
    public_url TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT;

-- A person of the team; without a password hash an invitation is still open.
CREATE TABLE agent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
    email TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(email) BETWEEN 1 AND 254),
    role TEXT NOT NULL CHECK (role IN ('agent', 'senior', 'lead', 'admin')),
    password_hash TEXT,
    language TEXT NOT NULL DEFAULT 'pt-BR' CHECK (language IN ('pt-BR', 'en')),
    theme TEXT NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
    sounds INTEGER NOT NULL DEFAULT 1 CHECK (sounds IN (0, 1)),
    enter_sends INTEGER NOT NULL DEFAULT 1 CHECK (enter_sends IN (0, 1)),
    presence TEXT NOT NULL DEFAULT 'offline' CHECK (presence IN ('online', 'away', 'offline')),
    -- Whether the clock set the presence (no sign of life) and may take it back.
    presence_by_clock INTEGER NOT NULL DEFAULT 0 CHECK (presence_by_clock IN (0, 1)),
    seen_at INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

-- A signed-in browser; the cookie's token is stored only as its SHA-256.
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL UNIQUE,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_agent ON session (agent_id);

-- A link that works once: the setup page, an invitation, a password reset.
CREATE TABLE one_time_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL CHECK (purpose IN ('setup', 'invitation', 'password_reset')),
    agent_id INTEGER REFERENCES agent (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

-- A team; every conversation is in exactly one.
CREATE TABLE department (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    first_answer_goal_ms INTEGER NOT NULL DEFAULT 300000 CHECK (first_answer_goal_ms > 0),
    created_at INTEGER NOT NULL,
    -- Whether agents take from the queue, or are handed what has waited longest while they hold less than the cap.
    assignment TEXT NOT NULL DEFAULT 'manual' CHECK (assignment IN ('manual', 'automatic')),
    assignment_cap INTEGER NOT NULL DEFAULT 5 CHECK (assignment_cap BETWEEN 1 AND 1000),
    -- Whose turn was last.
    handed_to INTEGER NOT NULL DEFAULT 0,
    -- A person who does not accept a transfer within this time loses it to the queue.
    transfer_limit_ms INTEGER NOT NULL DEFAULT 600000 CHECK (transfer_limit_ms > 0),
    farewell TEXT NOT NULL DEFAULT '',
    asks_rating INTEGER NOT NULL DEFAULT 0 CHECK (asks_rating IN (0, 1)),
    -- Within which a case should be over; 0 for no goal.
    handling_goal_ms INTEGER NOT NULL DEFAULT 0 CHECK (handling_goal_ms >= 0),
    -- Takes the place of the channel's where it is set.
    reopen_window_ms INTEGER CHECK (reopen_window_ms >= 0),
    archived_at INTEGER
) STRICT;

-- Who works in which department.
CREATE TABLE membership (
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (agent_id, department_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX membership_department ON membership (department_id);

-- A day on which nobody works, e.g. 20261225.
CREATE TABLE holiday (
    day INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100)
) STRICT;

-- =====================================================================================================================
-- Contacts: the record, the fields of one's own, labels, records made one, files with people.
-- =====================================================================================================================

-- A person outside the team.
CREATE TABLE contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 300),
    phone TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 16),
    email TEXT NOT NULL DEFAULT '' COLLATE NOCASE CHECK (length(email) <= 254),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_phone ON contact (phone) WHERE phone <> '';
CREATE INDEX contact_email ON contact (email) WHERE email <> '';

-- Parts of names, numbers and addresses, kept by triggers.
CREATE VIRTUAL TABLE contact_search USING fts5 (
    name, phone, email, content = 'contact', content_rowid = 'id', tokenize = 'trigram remove_diacritics 1'
);

-- Words of names and addresses, for the search that is there at once; kept by triggers.
CREATE VIRTUAL TABLE contact_words USING fts5 (
    name, email, content = 'contact', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3',
    detail = none, columnsize = 0
);
CREATE TRIGGER contact_inserted AFTER INSERT ON contact BEGIN
    INSERT INTO contact_search (rowid, name, phone, email) VALUES (new.id, new.name, new.phone, new.email);
    INSERT INTO contact_words (rowid, name, email) VALUES (new.id, new.name, new.email);
END;
CREATE TRIGGER contact_updated AFTER UPDATE OF name, phone, email ON contact BEGIN
    INSERT INTO contact_search (contact_search, rowid, name, phone, email) VALUES ('delete', old.id, old.name, old.phone, old.email);
    INSERT INTO contact_search (rowid, name, phone, email) VALUES (new.id, new.name, new.phone, new.email);
    INSERT INTO contact_words (contact_words, rowid, name, email) VALUES ('delete', old.id, old.name, old.email);
    INSERT INTO contact_words (rowid, name, email) VALUES (new.id, new.name, new.email);
END;

-- What a channel knows a contact by: a visitor's token hash, an identifier signed by the site, a number, an address.
CREATE TABLE identity (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    value TEXT NOT NULL,
    verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (channel_id, value)
) STRICT;
CREATE INDEX identity_contact ON identity (contact_id);

-- Somebody whose record was made nobody's.
CREATE TABLE forgotten (
    contact_id INTEGER PRIMARY KEY REFERENCES contact (id),
    at INTEGER NOT NULL
) STRICT;

-- A field that the company adds to the contact's record.
CREATE TABLE custom_field (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'cpf', 'cnpj', 'cep', 'email', 'phone', 'url', 'yes_no')),
    heading TEXT NOT NULL DEFAULT '' CHECK (length(heading) <= 60),
    -- What a choice offers, one a line.
    options TEXT NOT NULL DEFAULT '',
    required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
    is_unique INTEGER NOT NULL DEFAULT 0 CHECK (is_unique IN (0, 1)),
    position INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

-- Which departments see a field; all of them where there is no row.
CREATE TABLE custom_field_department (
    field_id INTEGER NOT NULL REFERENCES custom_field (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (field_id, department_id)
) STRICT, WITHOUT ROWID;

-- What a field holds of a contact, in one spelling; nothing where there is no row.
CREATE TABLE contact_value (
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    field_id INTEGER NOT NULL REFERENCES custom_field (id),
    value TEXT NOT NULL CHECK (value <> ''),
    PRIMARY KEY (contact_id, field_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_value_field ON contact_value (field_id, value);

-- Who changed what of a record: name, phone, email, or a field's key such as f12; without an agent it was the system.
CREATE TABLE contact_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    agent_id INTEGER REFERENCES agent (id),
    field TEXT NOT NULL,
    was TEXT NOT NULL,
    becomes TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_change_contact ON contact_change (contact_id, id);

-- Which columns a person chose to see in the register of contacts (phone, last, f12 …); the usual ones where there is no row.
CREATE TABLE contact_columns (
    agent_id INTEGER PRIMARY KEY REFERENCES agent (id),
    keys TEXT NOT NULL
) STRICT;

-- A coloured label for contacts; made by being written.
CREATE TABLE contact_label (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
    colour TEXT NOT NULL CHECK (colour IN ('grey', 'red', 'amber', 'green', 'blue', 'purple', 'pink'))
) STRICT;

-- Which labels a contact carries, by whom and since when.
CREATE TABLE contact_labelling (
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    label_id INTEGER NOT NULL REFERENCES contact_label (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (contact_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_labelling_label ON contact_labelling (label_id, contact_id);

-- Two records of one person made one, or a channel handed over; what moved and how both stood, for the undoing.
CREATE TABLE contact_merge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL CHECK (scope IN ('all', 'identity')),
    kept_id INTEGER NOT NULL REFERENCES contact (id),
    other_id INTEGER NOT NULL REFERENCES contact (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    moved TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER,
    undone_by INTEGER REFERENCES agent (id)
) STRICT;
CREATE INDEX contact_merge_kept ON contact_merge (kept_id, id) WHERE undone_at IS NULL;
CREATE INDEX contact_merge_other ON contact_merge (other_id, id) WHERE undone_at IS NULL;

-- A file with people: how its columns are mapped, and how far it has come.
CREATE TABLE contact_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    name TEXT NOT NULL,
    -- Its name in the data folder; empty when it is gone.
    token TEXT NOT NULL,
    total INTEGER NOT NULL,
    -- Two JSON lists: the heads of the columns, and where they go.
    head TEXT NOT NULL,
    columns TEXT NOT NULL DEFAULT '[]',
    cut INTEGER NOT NULL CHECK (cut IN (0, 1)),
    existing TEXT NOT NULL DEFAULT 'complete' CHECK (existing IN ('complete', 'overwrite', 'leave')),
    label TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'mapping' CHECK (state IN ('mapping', 'trying', 'tried', 'running', 'done', 'stopped')),
    boot INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL,
    lines INTEGER NOT NULL DEFAULT 0,
    made INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    same INTEGER NOT NULL DEFAULT 0,
    repeated INTEGER NOT NULL DEFAULT 0,
    faulty INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX contact_import_agent ON contact_import (agent_id);

-- A line that was left out, and why, in the words of who sent the file.
CREATE TABLE contact_import_fault (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES contact_import (id),
    line INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    words TEXT NOT NULL
) STRICT;
CREATE INDEX contact_import_fault_line ON contact_import_fault (import_id, line);

-- Whom the lines of a file are about: a second line about somebody repeats the first.
CREATE TABLE contact_import_person (
    import_id INTEGER NOT NULL REFERENCES contact_import (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    line INTEGER NOT NULL,
    PRIMARY KEY (import_id, contact_id)
) STRICT, WITHOUT ROWID;

-- People without number, address or document, by all that a file said of them: the same file makes nobody twice.
CREATE TABLE contact_words_key (
    digest BLOB PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_words_key_contact ON contact_words_key (contact_id);

-- =====================================================================================================================
-- Conversations, and what is done in them.
-- =====================================================================================================================

-- The last sequence of each day's protocol numbers, in the installation's time zone.
CREATE TABLE protocol_day (
    day INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- One case with one contact on one channel; the last lines are copies that spare the queue a look at the messages.
CREATE TABLE conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL UNIQUE,
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    identity_id INTEGER NOT NULL REFERENCES identity (id),
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    assignee_id INTEGER REFERENCES agent (id),
    state TEXT NOT NULL CHECK (state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused', 'closed')),
    -- The state that a pause or a closing hides: who spoke last.
    spoke_last TEXT NOT NULL DEFAULT 'contact' CHECK (spoke_last IN ('contact', 'team')),
    opened_at INTEGER NOT NULL,
    first_answered_at INTEGER,
    closed_at INTEGER,
    -- Since when the one who waits has been waiting; orders the queue.
    since INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    last_author TEXT NOT NULL DEFAULT 'system' CHECK (last_author IN ('contact', 'agent', 'bot', 'system', 'note')),
    last_line TEXT NOT NULL DEFAULT '',
    inbound INTEGER NOT NULL DEFAULT 0,
    delivered_to INTEGER NOT NULL DEFAULT 0,
    read_to INTEGER NOT NULL DEFAULT 0,
    previous_id INTEGER REFERENCES conversation (id)
) STRICT;
-- A message of a contact goes to the newest that is open; the team may open others beside it. No index on the open ones
-- alone: each change of state would rewrite it, and an identity has few conversations.
CREATE INDEX conversation_identity ON conversation (identity_id, id);
CREATE INDEX conversation_contact ON conversation (contact_id, id);
CREATE INDEX conversation_queue ON conversation (department_id, state, since, id);
CREATE INDEX conversation_assignee ON conversation (assignee_id, state, since, id) WHERE assignee_id IS NOT NULL;
CREATE INDEX conversation_unassigned ON conversation (department_id, state, since, id) WHERE assignee_id IS NULL;

-- How many conversations each queue holds: per assignee, 0 = nobody, -1 = in all; kept by triggers, spares every COUNT.
CREATE TABLE queue_count (
    department_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused', 'closed')),
    assignee_id INTEGER NOT NULL CHECK (assignee_id >= -1),
    total INTEGER NOT NULL,
    PRIMARY KEY (department_id, state, assignee_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_count_assignee ON queue_count (assignee_id, department_id, state, total);
CREATE TRIGGER conversation_inserted AFTER INSERT ON conversation BEGIN
    INSERT INTO queue_count VALUES (new.department_id, new.state, coalesce(new.assignee_id, 0), 1), (new.department_id, new.state, -1, 1)
    ON CONFLICT DO UPDATE SET total = total + 1;
END;
CREATE TRIGGER conversation_moved AFTER UPDATE OF department_id, state, assignee_id ON conversation
WHEN old.department_id <> new.department_id OR old.state <> new.state OR old.assignee_id IS NOT new.assignee_id BEGIN
    UPDATE queue_count SET total = total - 1
    WHERE department_id = old.department_id AND state = old.state AND assignee_id IN (coalesce(old.assignee_id, 0), -1);
    INSERT INTO queue_count VALUES (new.department_id, new.state, coalesce(new.assignee_id, 0), 1), (new.department_id, new.state, -1, 1)
    ON CONFLICT DO UPDATE SET total = total + 1;
END;

-- What was said; a note is a message that only the team sees.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    author TEXT NOT NULL CHECK (author IN ('contact', 'agent', 'bot', 'system', 'note')),
    agent_id INTEGER REFERENCES agent (id),
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- The channel's own id, or the one that the sender's page made: a repeated delivery is stored once.
    external_id TEXT
) STRICT;
CREATE INDEX message_conversation ON message (conversation_id, id);
CREATE UNIQUE INDEX message_external ON message (conversation_id, external_id) WHERE external_id IS NOT NULL;

-- Words of messages; written with the message, searched newest first.
CREATE VIRTUAL TABLE message_search USING fts5 (
    body, content = 'message', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3',
    detail = none, columnsize = 0
);

-- What a note said before its author changed it or took it away; within ten minutes of the writing.
CREATE TABLE note_revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id INTEGER NOT NULL REFERENCES message (id),
    kind TEXT NOT NULL CHECK (kind IN ('edited', 'deleted')),
    body TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX note_revision_message ON note_revision (message_id, id);

-- A file that came with a message, or waits for one; its bytes lie in the data folder under its token.
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token TEXT NOT NULL UNIQUE,
    message_id INTEGER REFERENCES message (id),
    -- A visitor's waiting file has none yet: the message may open the conversation.
    conversation_id INTEGER REFERENCES conversation (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    by_agent INTEGER REFERENCES agent (id),
    by_identity INTEGER REFERENCES identity (id),
    created_at INTEGER NOT NULL,
    CHECK (message_id IS NULL OR conversation_id IS NOT NULL)
) STRICT;
CREATE INDEX attachment_message ON attachment (conversation_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX attachment_waiting ON attachment (created_at) WHERE message_id IS NULL;

-- What a person has typed and not sent, apart for chat and note.
CREATE TABLE draft (
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    kind TEXT NOT NULL CHECK (kind IN ('chat', 'note')),
    body TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (agent_id, conversation_id, kind)
) STRICT, WITHOUT ROWID;

-- How far each person has read a conversation: unread = conversation.inbound - seen.
CREATE TABLE read (
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    seen INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (agent_id, conversation_id)
) STRICT, WITHOUT ROWID;

-- Something that a person should hear of even when away: told on the screen, by mail when nobody looks.
CREATE TABLE notification (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    kind TEXT NOT NULL CHECK (kind IN ('mention', 'transfer', 'assigned', 'pause_due', 'call_due', 'ticket', 'ticket_due')),
    conversation_id INTEGER REFERENCES conversation (id),
    ticket_id INTEGER REFERENCES ticket (id),
    line TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen_at INTEGER,
    -- A mail about it was queued; the next about this conversation waits a while.
    mailed_at INTEGER
) STRICT;
CREATE INDEX notification_mailed ON notification (agent_id, conversation_id, mailed_at) WHERE mailed_at IS NOT NULL;
CREATE INDEX notification_unseen ON notification (agent_id, id) WHERE seen_at IS NULL;

-- How a department receives: its hours (seven lines, Monday first, e.g. 08:00-12:00 13:30-18:00; all empty for always open)
-- and what the bot says, with placeholders; 0 minutes for never.
CREATE TABLE greeting (
    department_id INTEGER PRIMARY KEY REFERENCES department (id),
    hours TEXT NOT NULL,
    welcome TEXT NOT NULL,
    closed TEXT NOT NULL,
    waiting TEXT NOT NULL,
    waiting_minutes INTEGER NOT NULL CHECK (waiting_minutes BETWEEN 0 AND 1440),
    idle_warning TEXT NOT NULL,
    idle_warning_minutes INTEGER NOT NULL CHECK (idle_warning_minutes BETWEEN 0 AND 43200),
    idle_close_minutes INTEGER NOT NULL CHECK (idle_close_minutes BETWEEN 0 AND 43200)
) STRICT;

-- The contact was last asked whether anything is left; it holds until somebody writes again.
CREATE TABLE idle_warning (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id),
    at INTEGER NOT NULL
) STRICT;

-- A coloured label for conversations.
CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
    colour TEXT NOT NULL CHECK (colour IN ('grey', 'red', 'amber', 'green', 'blue', 'purple', 'pink')),
    archived_at INTEGER
) STRICT;

-- Which departments use a label; all of them where there is no row.
CREATE TABLE tag_department (
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (tag_id, department_id)
) STRICT, WITHOUT ROWID;

-- Which labels a conversation carries, by whom and since when.
CREATE TABLE conversation_tag (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    tag_id INTEGER NOT NULL REFERENCES tag (id),
    agent_id INTEGER REFERENCES agent (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversation_tag_tag ON conversation_tag (tag_id, conversation_id);

-- A catalogued reason in a tree; the system's own ones have a key.
CREATE TABLE disposition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_id INTEGER REFERENCES disposition (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    sentiment TEXT NOT NULL DEFAULT 'neutral' CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    for_conversation INTEGER NOT NULL DEFAULT 1 CHECK (for_conversation IN (0, 1)),
    for_occurrence INTEGER NOT NULL DEFAULT 0 CHECK (for_occurrence IN (0, 1)),
    for_ticket INTEGER NOT NULL DEFAULT 0 CHECK (for_ticket IN (0, 1)),
    system_key TEXT UNIQUE,
    position INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER
) STRICT;
CREATE INDEX disposition_parent ON disposition (parent_id, position);

-- Which departments offer a category.
CREATE TABLE disposition_department (
    disposition_id INTEGER NOT NULL REFERENCES disposition (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (disposition_id, department_id)
) STRICT, WITHOUT ROWID;

-- Something that happened inside an open conversation, with the disposition as it was called that day; a correction is a
-- row of its own that points at the old one.
CREATE TABLE occurrence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    channel_id INTEGER NOT NULL REFERENCES channel (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    disposition_id INTEGER REFERENCES disposition (id),
    path TEXT NOT NULL,
    sentiment TEXT NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    body TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    at INTEGER NOT NULL,
    corrects_id INTEGER UNIQUE REFERENCES occurrence (id)
) STRICT;
CREATE INDEX occurrence_conversation ON occurrence (conversation_id, id);
-- Holds all that a report counts: its figures never look at the rows.
CREATE INDEX occurrence_happened ON occurrence (happened_at, id, department_id, agent_id, channel_id, sentiment, path);

-- A prepared text, picked by typing # in the composer; `search` holds its words in lower case without accents.
CREATE TABLE canned_reply (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    keywords TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    -- Other wordings of the question, one a line; for the bot.
    phrasings TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL CHECK (scope IN ('everyone', 'departments', 'own')),
    owner_id INTEGER REFERENCES agent (id),
    search TEXT NOT NULL,
    used INTEGER NOT NULL DEFAULT 0,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER,
    CHECK ((scope = 'own') = (owner_id IS NOT NULL))
) STRICT;

CREATE INDEX canned_reply_used ON canned_reply (used DESC, title COLLATE NOCASE, id) WHERE archived_at IS NULL;

-- Words of prepared texts in use, for the list at #; kept by triggers.
CREATE VIRTUAL TABLE canned_reply_words USING fts5 (
    search, content = 'canned_reply', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3',
    detail = none, columnsize = 0
);
CREATE TRIGGER canned_reply_inserted AFTER INSERT ON canned_reply BEGIN
    INSERT INTO canned_reply_words (rowid, search) VALUES (new.id, new.search);
END;
CREATE TRIGGER canned_reply_updated AFTER UPDATE OF search ON canned_reply BEGIN
    INSERT INTO canned_reply_words (canned_reply_words, rowid, search) VALUES ('delete', old.id, old.search);
    INSERT INTO canned_reply_words (rowid, search) VALUES (new.id, new.search);
END;

-- Which departments a prepared text is for.
CREATE TABLE canned_reply_department (
    canned_reply_id INTEGER NOT NULL REFERENCES canned_reply (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (canned_reply_id, department_id)
) STRICT, WITHOUT ROWID;

-- A file that a prepared text brings along; its bytes lie beside those of messages.
CREATE TABLE canned_reply_file (
    token TEXT PRIMARY KEY,
    canned_reply_id INTEGER NOT NULL REFERENCES canned_reply (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX canned_reply_file_reply ON canned_reply_file (canned_reply_id, at);

-- Why agents pause: what the bot says then, how often, and what the contact's answer does.
CREATE TABLE pause_reason (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    -- Proposed length, in minutes.
    minutes INTEGER NOT NULL DEFAULT 30 CHECK (minutes BETWEEN 1 AND 43200),
    -- Said at the beginning; a text with placeholders, as the next two.
    message TEXT NOT NULL DEFAULT '',
    -- Said every so many minutes (0 for never), at most so many times.
    reminder TEXT NOT NULL DEFAULT '',
    reminder_minutes INTEGER NOT NULL DEFAULT 0 CHECK (reminder_minutes BETWEEN 0 AND 1440),
    reminder_most INTEGER NOT NULL DEFAULT 0 CHECK (reminder_most BETWEEN 0 AND 20),
    -- Said when the contact writes, at most once in so many minutes.
    reply TEXT NOT NULL DEFAULT '',
    reply_minutes INTEGER NOT NULL DEFAULT 10 CHECK (reply_minutes BETWEEN 1 AND 1440),
    contact_ends INTEGER NOT NULL DEFAULT 0 CHECK (contact_ends IN (0, 1)),
    archived_at INTEGER
) STRICT;

-- Which departments offer a reason to pause; all of them where there is no row.
CREATE TABLE pause_reason_department (
    reason_id INTEGER NOT NULL REFERENCES pause_reason (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    PRIMARY KEY (reason_id, department_id)
) STRICT, WITHOUT ROWID;

-- Whether a department's conversations may be paused, and what happens when nobody comes back in time.
CREATE TABLE pause_rule (
    department_id INTEGER PRIMARY KEY REFERENCES department (id),
    allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    -- Minutes after the time of return.
    grace_minutes INTEGER NOT NULL CHECK (grace_minutes BETWEEN 0 AND 1440),
    overdue TEXT NOT NULL CHECK (overdue IN ('stays', 'queue'))
) STRICT;

-- An agent steps away while the bot keeps the contact informed; the reason's texts are copied, as they were that day.
CREATE TABLE pause (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    reason_id INTEGER REFERENCES pause_reason (id),
    reason TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    returns_at INTEGER NOT NULL,
    reminder TEXT NOT NULL DEFAULT '',
    reminder_minutes INTEGER NOT NULL DEFAULT 0 CHECK (reminder_minutes BETWEEN 0 AND 1440),
    reminder_most INTEGER NOT NULL DEFAULT 0 CHECK (reminder_most BETWEEN 0 AND 20),
    reply TEXT NOT NULL DEFAULT '',
    reply_minutes INTEGER NOT NULL DEFAULT 10 CHECK (reply_minutes BETWEEN 1 AND 1440),
    contact_ends INTEGER NOT NULL DEFAULT 0 CHECK (contact_ends IN (0, 1)),
    -- The person stepped away from all own conversations at once.
    absence INTEGER NOT NULL DEFAULT 0 CHECK (absence IN (0, 1)),
    contact_wrote_at INTEGER,
    replied_at INTEGER,
    ended_at INTEGER,
    ended_by TEXT CHECK (ended_by IN ('agent', 'contact', 'overdue', 'closing', 'transfer'))
) STRICT;
CREATE UNIQUE INDEX pause_open ON pause (conversation_id) WHERE ended_at IS NULL;
CREATE INDEX pause_agent ON pause (agent_id, conversation_id) WHERE ended_at IS NULL;
CREATE INDEX pause_started ON pause (started_at, id);
-- Whatever ends the state ends the pause: nothing is left open behind a closing.
CREATE TRIGGER conversation_unpaused AFTER UPDATE OF state ON conversation WHEN old.state = 'paused' AND new.state <> 'paused' BEGIN
    UPDATE pause SET ended_at = new.last_at, ended_by = iif(new.state = 'closed', 'closing', 'agent')
    WHERE conversation_id = new.id AND ended_at IS NULL;
END;

-- A conversation handed to a department, or to a person in one; open until it is accepted, returned or overtaken.
CREATE TABLE transfer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    from_department_id INTEGER NOT NULL REFERENCES department (id),
    to_department_id INTEGER NOT NULL REFERENCES department (id),
    from_agent_id INTEGER REFERENCES agent (id),
    to_agent_id INTEGER REFERENCES agent (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    note_id INTEGER REFERENCES message (id),
    at INTEGER NOT NULL,
    accepted_at INTEGER,
    accepted_by INTEGER REFERENCES agent (id),
    returned_at INTEGER,
    -- Closed or handed on before anybody accepted it.
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX transfer_open ON transfer (conversation_id) WHERE accepted_at IS NULL AND returned_at IS NULL AND ended_at IS NULL;
CREATE INDEX transfer_conversation ON transfer (conversation_id, id);

-- The end of a conversation, with the disposition as it was called that day; reopening ends the closing.
CREATE TABLE closing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    -- Where the conversation was that day.
    department_id INTEGER NOT NULL REFERENCES department (id),
    disposition_id INTEGER REFERENCES disposition (id),
    path TEXT NOT NULL,
    sentiment TEXT NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    body TEXT NOT NULL DEFAULT '',
    closed_by TEXT NOT NULL CHECK (closed_by IN ('agent', 'contact', 'timeout', 'bot')),
    agent_id INTEGER REFERENCES agent (id),
    at INTEGER NOT NULL,
    reopened_at INTEGER,
    -- While it can still be undone the contact hears nothing of it; what is told afterwards, and what an undoing restores.
    held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
    farewell TEXT NOT NULL DEFAULT '',
    asks_rating INTEGER NOT NULL DEFAULT 0 CHECK (asks_rating IN (0, 1)),
    was_state TEXT CHECK (was_state IN ('bot', 'waiting_agent', 'waiting_contact', 'paused', 'closed')),
    was_since INTEGER,
    was_last_at INTEGER
) STRICT;
CREATE UNIQUE INDEX closing_open ON closing (conversation_id) WHERE reopened_at IS NULL;
CREATE INDEX closing_conversation ON closing (conversation_id);
CREATE INDEX closing_at ON closing (at, id);

-- What a contact thinks of a conversation: asked for when it closes, given once.
CREATE TABLE rating (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id),
    closing_id INTEGER NOT NULL REFERENCES closing (id),
    asked_at INTEGER NOT NULL,
    score INTEGER CHECK (score BETWEEN 1 AND 5),
    comment TEXT NOT NULL DEFAULT '',
    rated_at INTEGER
) STRICT;

-- Stale conversations closed in one go: what was asked for, and how far it has come.
CREATE TABLE bulk_closing (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    department_id INTEGER NOT NULL REFERENCES department (id),
    state TEXT NOT NULL CHECK (state IN ('bot', 'waiting_agent', 'waiting_contact')),
    -- Those without a message since then.
    idle_since INTEGER NOT NULL,
    disposition_id INTEGER REFERENCES disposition (id),
    path TEXT NOT NULL,
    sentiment TEXT NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    body TEXT NOT NULL,
    farewell TEXT NOT NULL,
    asks_rating INTEGER NOT NULL CHECK (asks_rating IN (0, 1)),
    total INTEGER NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0,
    -- Where the next batch goes on.
    after_since INTEGER NOT NULL DEFAULT 0,
    after_id INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    stopped_at INTEGER
) STRICT;
CREATE INDEX bulk_closing_department ON bulk_closing (department_id, id);

-- A conversation that the team opened, and the one that it came from.
CREATE TABLE outbound (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id),
    origin_id INTEGER REFERENCES conversation (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbound_origin ON outbound (origin_id) WHERE origin_id IS NOT NULL;

-- Two conversations of one identity made one, or one made two; can be taken back for ten minutes, exactly.
CREATE TABLE conversation_merge (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    -- The one that goes on, and the one that was taken into it or off it.
    kept_id INTEGER NOT NULL REFERENCES conversation (id),
    other_id INTEGER NOT NULL REFERENCES conversation (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    -- The messages that moved, how both stood before and after, and the lines that tell of it: all for the undoing.
    moved TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    lines TEXT NOT NULL,
    tags TEXT NOT NULL,
    at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;
CREATE INDEX conversation_merge_kept ON conversation_merge (kept_id, id);
CREATE INDEX conversation_merge_other ON conversation_merge (other_id, id);

-- A file for a register that was tried and waits to be taken; a day at most.
CREATE TABLE catalogue_import (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    register TEXT NOT NULL CHECK (register IN ('tags', 'dispositions', 'canned-replies')),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- =====================================================================================================================
-- Channels: the ways in.
-- =====================================================================================================================

-- A way in for customers; the public key stands in addresses, the secret signs identified visitors.
CREATE TABLE channel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- `desk` takes no messages: conversations of contacts who have no channel yet, with notes only.
    kind TEXT NOT NULL CHECK (kind IN ('web_chat', 'email', 'whatsapp', 'telegram', 'api', 'desk')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    department_id INTEGER NOT NULL REFERENCES department (id),
    public_key TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL,
    reopen_window_ms INTEGER NOT NULL DEFAULT 86400000 CHECK (reopen_window_ms >= 0),
    created_at INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;

-- What a web chat looks like and where it may be embedded.
CREATE TABLE web_chat (
    channel_id INTEGER PRIMARY KEY REFERENCES channel (id),
    colour TEXT NOT NULL DEFAULT '#6d28d9' CHECK (colour GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
    welcome TEXT NOT NULL DEFAULT '',
    reply_time TEXT NOT NULL DEFAULT '',
    allowed_sites TEXT NOT NULL DEFAULT '',
    asks_name INTEGER NOT NULL DEFAULT 1 CHECK (asks_name IN (0, 1)),
    asks_email INTEGER NOT NULL DEFAULT 0 CHECK (asks_email IN (0, 1)),
    asks_phone INTEGER NOT NULL DEFAULT 0 CHECK (asks_phone IN (0, 1)),
    attachments INTEGER NOT NULL DEFAULT 1 CHECK (attachments IN (0, 1)),
    emoji INTEGER NOT NULL DEFAULT 1 CHECK (emoji IN (0, 1)),
    updated_at INTEGER NOT NULL
) STRICT;

-- A browser that chats: its token (stored as SHA-256) speaks for an identity.
CREATE TABLE visitor (
    token_hash BLOB PRIMARY KEY,
    identity_id INTEGER NOT NULL REFERENCES identity (id),
    language TEXT NOT NULL DEFAULT 'pt-BR' CHECK (language IN ('pt-BR', 'en')),
    page TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visitor_identity ON visitor (identity_id);

-- =====================================================================================================================
-- Tickets: work for the team.
-- =====================================================================================================================

-- A column of a department's board; a ticket that comes into one that ends is closed.
CREATE TABLE ticket_phase (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    department_id INTEGER NOT NULL REFERENCES department (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    position INTEGER NOT NULL,
    ends INTEGER NOT NULL CHECK (ends IN (0, 1)),
    archived_at INTEGER
) STRICT;
CREATE INDEX ticket_phase_department ON ticket_phase (department_id, position);

-- Work for the team, on its department's board, with the disposition as it was called that day; the contact never sees it.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    body TEXT NOT NULL,
    department_id INTEGER NOT NULL REFERENCES department (id),
    phase_id INTEGER NOT NULL REFERENCES ticket_phase (id),
    -- Orders the column; numbers leave room between each other.
    place INTEGER NOT NULL,
    assignee_id INTEGER REFERENCES agent (id),
    author_id INTEGER NOT NULL REFERENCES agent (id),
    priority TEXT NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    due_at INTEGER,
    disposition_id INTEGER REFERENCES disposition (id),
    path TEXT NOT NULL,
    sentiment TEXT NOT NULL CHECK (sentiment IN ('negative', 'neutral', 'positive')),
    -- Counts the changes of what the form holds, so that nobody overwrites another's without seeing it.
    revision INTEGER NOT NULL DEFAULT 1,
    -- Title and text in lower case without accents.
    search TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    moved_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX ticket_board ON ticket (phase_id, place);
CREATE INDEX ticket_department ON ticket (department_id, id);
CREATE INDEX ticket_assignee ON ticket (assignee_id, id) WHERE assignee_id IS NOT NULL;

-- The conversations that a ticket is about.
CREATE TABLE ticket_conversation (
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (ticket_id, conversation_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_conversation_ticket ON ticket_conversation (conversation_id, ticket_id);

-- What was said on a ticket, and what was done to it.
CREATE TABLE ticket_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    kind TEXT NOT NULL CHECK (kind IN ('comment', 'opened', 'moved', 'closed', 'reopened', 'handed', 'changed', 'linked', 'unlinked',
                                       'attached', 'detached')),
    body TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_entry_ticket ON ticket_entry (ticket_id, id);

-- A file of a ticket; its bytes lie beside those of messages.
CREATE TABLE ticket_file (
    token TEXT PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES ticket (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_file_ticket ON ticket_file (ticket_id, at);

-- =====================================================================================================================
-- Overview: timelines, averages, how long what is kept.
-- =====================================================================================================================

-- What happened with one contact, kind by kind along time; kept by triggers. An occurrence that was corrected gives its place
-- to the correction. A contact's merge with another hands the rows over; what tells of the merge itself belongs to no conversation.
CREATE TABLE timeline_entry (
    contact_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('opened', 'transfer', 'pause', 'occurrence', 'note', 'ticket', 'ticket_closed', 'merge', 'closed',
                                       'union', 'parted')),
    at INTEGER NOT NULL,
    -- The row of the kind's own table.
    item_id INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    PRIMARY KEY (contact_id, kind, at, item_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER conversation_told AFTER INSERT ON conversation BEGIN
    INSERT INTO timeline_entry VALUES (new.contact_id, 'opened', new.opened_at, new.id, new.id);
END;
CREATE TRIGGER conversation_told_anew AFTER UPDATE OF opened_at ON conversation WHEN new.opened_at <> old.opened_at BEGIN
    UPDATE OR IGNORE timeline_entry SET at = new.opened_at
    WHERE contact_id = new.contact_id AND kind = 'opened' AND at = old.opened_at AND item_id = new.id;
END;
CREATE TRIGGER note_told AFTER INSERT ON message WHEN new.author = 'note' BEGIN
    INSERT INTO timeline_entry SELECT contact_id, 'note', new.at, new.id, id FROM conversation WHERE id = new.conversation_id;
END;
CREATE TRIGGER note_untold AFTER DELETE ON message WHEN old.author = 'note' BEGIN
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = old.conversation_id)
        AND kind = 'note' AND at = old.at AND item_id = old.id;
END;
CREATE TRIGGER closing_told AFTER INSERT ON closing BEGIN
    INSERT INTO timeline_entry SELECT contact_id, 'closed', new.at, new.id, id FROM conversation WHERE id = new.conversation_id;
END;
CREATE TRIGGER closing_untold AFTER DELETE ON closing BEGIN
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = old.conversation_id)
        AND kind = 'closed' AND at = old.at AND item_id = old.id;
END;
CREATE TRIGGER occurrence_told AFTER INSERT ON occurrence BEGIN
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = new.conversation_id)
        AND kind = 'occurrence' AND at = (SELECT happened_at FROM occurrence WHERE id = new.corrects_id) AND item_id = new.corrects_id;
    INSERT INTO timeline_entry SELECT contact_id, 'occurrence', new.happened_at, new.id, id FROM conversation WHERE id = new.conversation_id;
END;
CREATE TRIGGER transfer_told AFTER INSERT ON transfer BEGIN
    INSERT INTO timeline_entry SELECT contact_id, 'transfer', new.at, new.id, id FROM conversation WHERE id = new.conversation_id;
END;
CREATE TRIGGER pause_told AFTER INSERT ON pause BEGIN
    INSERT INTO timeline_entry SELECT contact_id, 'pause', new.started_at, new.id, id FROM conversation WHERE id = new.conversation_id;
END;
CREATE TRIGGER conversation_merge_told AFTER INSERT ON conversation_merge BEGIN
    INSERT INTO timeline_entry SELECT contact_id, 'merge', new.at, new.id, id FROM conversation WHERE id = new.kept_id;
END;
CREATE TRIGGER conversation_merge_untold AFTER UPDATE OF undone_at ON conversation_merge WHEN new.undone_at IS NOT NULL BEGIN
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = new.kept_id)
        AND kind = 'merge' AND at = new.at AND item_id = new.id;
END;
CREATE TRIGGER contact_merge_told AFTER INSERT ON contact_merge BEGIN
    INSERT INTO timeline_entry VALUES (new.kept_id, 'union', new.at, new.id, 0), (new.other_id, 'union', new.at, new.id, 0);
END;
CREATE TRIGGER contact_merge_undone AFTER UPDATE OF undone_at ON contact_merge WHEN old.undone_at IS NULL AND new.undone_at IS NOT NULL BEGIN
    INSERT INTO timeline_entry VALUES (new.kept_id, 'parted', new.undone_at, new.id, 0), (new.other_id, 'parted', new.undone_at, new.id, 0);
END;
CREATE TRIGGER ticket_told AFTER INSERT ON ticket_conversation BEGIN
    INSERT OR IGNORE INTO timeline_entry SELECT contact_id, 'ticket', begun.opened_at, new.ticket_id, conversation.id
    FROM conversation JOIN ticket AS begun ON begun.id = new.ticket_id WHERE conversation.id = new.conversation_id;
    INSERT OR IGNORE INTO timeline_entry SELECT contact_id, 'ticket_closed', done.closed_at, new.ticket_id, conversation.id
    FROM conversation JOIN ticket AS done ON done.id = new.ticket_id AND done.closed_at IS NOT NULL WHERE conversation.id = new.conversation_id;
END;
CREATE TRIGGER ticket_untold AFTER DELETE ON ticket_conversation WHEN NOT EXISTS (
    SELECT 1 FROM ticket_conversation AS link JOIN conversation ON conversation.id = link.conversation_id
    WHERE link.ticket_id = old.ticket_id AND contact_id = (SELECT contact_id FROM conversation WHERE id = old.conversation_id)
) BEGIN
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = old.conversation_id)
        AND kind = 'ticket' AND at = (SELECT opened_at FROM ticket WHERE id = old.ticket_id) AND item_id = old.ticket_id;
    DELETE FROM timeline_entry WHERE contact_id = (SELECT contact_id FROM conversation WHERE id = old.conversation_id)
        AND kind = 'ticket_closed' AND at = (SELECT closed_at FROM ticket WHERE id = old.ticket_id) AND item_id = old.ticket_id;
END;
CREATE TRIGGER ticket_moved_told AFTER UPDATE OF closed_at ON ticket WHEN new.closed_at IS NOT old.closed_at BEGIN
    DELETE FROM timeline_entry WHERE kind = 'ticket_closed' AND at = old.closed_at AND item_id = new.id AND contact_id IN (
        SELECT contact_id FROM ticket_conversation JOIN conversation ON conversation.id = conversation_id WHERE ticket_id = new.id);
    INSERT OR IGNORE INTO timeline_entry SELECT contact_id, 'ticket_closed', new.closed_at, new.id, conversation.id
    FROM ticket_conversation JOIN conversation ON conversation.id = conversation_id
    WHERE ticket_id = new.id AND new.closed_at IS NOT NULL;
END;

-- What a department's contacts are compared with: the last 90 days, made every hour; nothing where nothing is known.
CREATE TABLE department_average (
    department_id INTEGER PRIMARY KEY REFERENCES department (id),
    -- Minutes.
    first_answer REAL,
    handling REAL,
    -- Conversations of one contact.
    per_month REAL,
    -- Of a hundred closings.
    reopened REAL,
    rating REAL,
    at INTEGER NOT NULL
) STRICT;

-- After how many months what goes; nothing where there is no number.
CREATE TABLE retention (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    words_months INTEGER CHECK (words_months BETWEEN 1 AND 240),
    files_months INTEGER CHECK (files_months BETWEEN 1 AND 240),
    persons_months INTEGER CHECK (persons_months BETWEEN 1 AND 240),
    unregulated INTEGER NOT NULL CHECK (unregulated IN (0, 1))
) STRICT;

-- How far each stage has come over all cleanings, in the order of closings (of people, for strangers).
CREATE TABLE retention_mark (
    stage TEXT PRIMARY KEY CHECK (stage IN ('words', 'files', 'persons', 'strangers')),
    at INTEGER NOT NULL,
    item_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A night's cleaning by the rule of that night.
CREATE TABLE retention_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    words_months INTEGER CHECK (words_months BETWEEN 1 AND 240),
    files_months INTEGER CHECK (files_months BETWEEN 1 AND 240),
    persons_months INTEGER CHECK (persons_months BETWEEN 1 AND 240),
    stage TEXT NOT NULL CHECK (stage IN ('words', 'files', 'persons', 'strangers')),
    conversations INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    files INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    persons INTEGER NOT NULL DEFAULT 0,
    started_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;

-- A conversation whose content is gone.
CREATE TABLE purge (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id),
    at INTEGER NOT NULL
) STRICT;

-- =====================================================================================================================
-- Events, jobs, mail and the record of changes.
-- =====================================================================================================================

-- What happened, for the event streams to catch up; kept for a day.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topics TEXT NOT NULL,
    name TEXT NOT NULL,
    data TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- One-off work with a due time; its effect in the database and its end are one transaction.
CREATE TABLE job (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT UNIQUE,
    name TEXT NOT NULL,
    payload TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    failed_at INTEGER
) STRICT;
CREATE INDEX job_due ON job (due_at) WHERE failed_at IS NULL;

-- The last slot of each calendar line that has run.
CREATE TABLE cron_slot (
    name TEXT PRIMARY KEY,
    slot_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where mail goes out: at most one row; without it nothing is sent and links are copied by hand.
CREATE TABLE mail_server (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    host TEXT NOT NULL,
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    username TEXT NOT NULL DEFAULT '',
    password TEXT NOT NULL DEFAULT '',
    sender_name TEXT NOT NULL DEFAULT '',
    sender_address TEXT NOT NULL,
    -- An authority of one's own, in PEM; empty for the public ones.
    certificate TEXT NOT NULL DEFAULT '',
    updated_at INTEGER NOT NULL
) STRICT;

-- Mail to send: written with the change that asks for it, sent by the jobs loop, retried with back-off.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- The program's start that took the row; a claim of an earlier start is free again.
    claimed_by INTEGER,
    last_error TEXT,
    sent_at INTEGER,
    failed_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at) WHERE sent_at IS NULL AND failed_at IS NULL;

-- Who did what to the settings and the people, and when.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    agent_id INTEGER REFERENCES agent (id),
    action TEXT NOT NULL CHECK (action IN (
        'company_changed', 'logo_changed', 'person_invited', 'invitation_renewed', 'invitation_accepted',
        'password_reset', 'person_changed', 'person_archived', 'department_created', 'department_changed',
        'department_archived', 'web_chat_created', 'web_chat_changed', 'web_chat_archived', 'secret_shown',
        'secret_rotated', 'mail_changed', 'mail_removed', 'disposition_created', 'disposition_changed',
        'disposition_archived', 'pause_reason_changed', 'pause_reason_archived', 'pause_rule_changed', 'tag_changed',
        'tag_archived', 'canned_reply_changed', 'canned_reply_archived', 'holidays_changed', 'register_imported',
        'template_field_changed', 'template_field_archived', 'person_forgotten', 'retention_changed',
        'retention_ran', 'everybody_signed_out', 'backup_taken'
    )),
    subject TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
