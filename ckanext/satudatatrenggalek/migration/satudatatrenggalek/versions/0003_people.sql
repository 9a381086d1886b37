-- A substitute (Plh.) holds somebody's appointment for a time; their deeds count for both.
ALTER TABLE satudata_appointment ADD COLUMN stands_for TEXT;

CREATE INDEX ix_satudata_appointment_stands_for ON satudata_appointment (stands_for);

ALTER TABLE satudata_stay ADD COLUMN left_for TEXT;

ALTER TABLE satudata_dataset ADD COLUMN retracted_for TEXT;

CREATE INDEX satudata_submission_claimed ON satudata_submission (claimed_by);

-- From when to when an office exists, by which decree, and which offices it replaced.
CREATE TABLE satudata_office (
    office_id TEXT NOT NULL,
    valid_from DATE,
    valid_until DATE,
    decree TEXT DEFAULT '' NOT NULL,
    predecessors JSONB DEFAULT '[]' NOT NULL,
    updated_by TEXT,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (office_id)
);

-- A checker's answers kept before the decision, bound to the content they are about.
CREATE TABLE satudata_kept_checklist (
    submission_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    answers JSONB NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (submission_id, user_id),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);
