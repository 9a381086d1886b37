-- What is done beside the steps: sign-off, urgency, papers, on behalf, talk, content once looked at.
ALTER TABLE satudata_submission DROP COLUMN signed_off;
ALTER TABLE satudata_submission ADD COLUMN signed_hash TEXT;
ALTER TABLE satudata_submission ADD COLUMN signed_by TEXT;
ALTER TABLE satudata_submission ADD COLUMN signed_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE satudata_submission ADD COLUMN urgent_reason TEXT;
ALTER TABLE satudata_submission ADD COLUMN urgent_wish TEXT;

CREATE TABLE satudata_signoff (
    office_id TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    changed_by TEXT,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (office_id)
);

CREATE TABLE satudata_paper (
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    dated DATE,
    sender TEXT NOT NULL,
    office_id TEXT NOT NULL,
    other_office_id TEXT,
    filename TEXT,
    mimetype TEXT,
    sha256 TEXT,
    size BIGINT,
    kept_by TEXT,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE satudata_on_behalf (
    id TEXT NOT NULL,
    paper_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    dataset_id TEXT,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    until TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    FOREIGN KEY (paper_id) REFERENCES satudata_paper (id)
);
CREATE INDEX ix_satudata_on_behalf_user_id ON satudata_on_behalf (user_id);
CREATE INDEX ix_satudata_on_behalf_dataset_id ON satudata_on_behalf (dataset_id);

CREATE TABLE satudata_talk (
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY (submission_id) REFERENCES satudata_submission (id)
);
CREATE INDEX satudata_talk_in_order ON satudata_talk (submission_id, at, id);

CREATE TABLE satudata_content (
    hash TEXT NOT NULL,
    metadata JSONB NOT NULL,
    files JSONB NOT NULL,
    checks JSONB NOT NULL,
    seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (hash)
);
