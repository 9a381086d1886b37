CREATE TABLE satudata_request (
    id TEXT PRIMARY KEY,
    dataset_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    message TEXT NOT NULL,
    user_id TEXT,
    asked_from TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    outcome TEXT,
    answer TEXT NOT NULL DEFAULT '',
    answered_by TEXT,
    answered_at TIMESTAMPTZ,
    edition INTEGER,
    open_until TIMESTAMPTZ
);

CREATE INDEX ix_satudata_request_dataset_id ON satudata_request (dataset_id);
CREATE INDEX satudata_request_clock ON satudata_request (status, due_at, id);
CREATE INDEX satudata_request_asked_from ON satudata_request (asked_from, created_at);
CREATE INDEX satudata_request_email ON satudata_request (email, created_at);
