CREATE TABLE satudata_appointment (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    office_id TEXT,
    kind TEXT,
    valid_from DATE NOT NULL,
    valid_until DATE,
    decree TEXT NOT NULL,
    created_by TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    revoked_at TIMESTAMP WITH TIME ZONE,
    revoked_by TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX ix_satudata_appointment_user_id ON satudata_appointment (user_id);

CREATE TABLE satudata_check (
    resource_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    errors INTEGER DEFAULT '0' NOT NULL,
    warnings INTEGER DEFAULT '0' NOT NULL,
    items JSONB DEFAULT '{}' NOT NULL,
    engine TEXT DEFAULT '' NOT NULL,
    schema_inferred BOOLEAN DEFAULT 'false' NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (resource_id)
);

CREATE TABLE satudata_dataset (
    dataset_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    public_state TEXT DEFAULT 'none' NOT NULL,
    published_submission_id TEXT,
    last_edition INTEGER DEFAULT '0' NOT NULL,
    retracted_by TEXT,
    retracted_at TIMESTAMP WITH TIME ZONE,
    retract_reason TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (dataset_id)
);

CREATE INDEX ix_satudata_dataset_office_id ON satudata_dataset (office_id);

CREATE TABLE satudata_file (
    resource_id TEXT NOT NULL,
    package_id TEXT,
    sha256 TEXT NOT NULL,
    size BIGINT NOT NULL,
    filename TEXT NOT NULL,
    mimetype TEXT,
    uploaded_by TEXT,
    uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    loaded_sha256 TEXT,
    PRIMARY KEY (resource_id)
);

CREATE INDEX ix_satudata_file_package_id ON satudata_file (package_id);

CREATE INDEX ix_satudata_file_sha256 ON satudata_file (sha256);

CREATE TABLE satudata_outbox (
    id BIGSERIAL NOT NULL,
    dataset_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB DEFAULT '{}' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    not_before TIMESTAMP WITH TIME ZONE,
    done_at TIMESTAMP WITH TIME ZONE,
    attempts INTEGER DEFAULT '0' NOT NULL,
    last_error TEXT,
    PRIMARY KEY (id)
);

CREATE INDEX satudata_outbox_open ON satudata_outbox (dataset_id, id) WHERE done_at IS NULL;

CREATE TABLE satudata_submission (
    id TEXT NOT NULL,
    dataset_id TEXT NOT NULL,
    working_copy_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT DEFAULT 'statistik' NOT NULL,
    priority BOOLEAN DEFAULT 'false' NOT NULL,
    access TEXT DEFAULT 'terbuka' NOT NULL,
    urgent BOOLEAN DEFAULT 'false' NOT NULL,
    period TEXT DEFAULT '' NOT NULL,
    edition INTEGER,
    round INTEGER DEFAULT '0' NOT NULL,
    signed_off BOOLEAN DEFAULT 'false' NOT NULL,
    claimed_by TEXT,
    claimed_at TIMESTAMP WITH TIME ZONE,
    clock_started_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    release_at TIMESTAMP WITH TIME ZONE,
    content_hash TEXT DEFAULT '' NOT NULL,
    approved_hash TEXT,
    approved_by TEXT,
    approved_at TIMESTAMP WITH TIME ZONE,
    created_by TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX ix_satudata_submission_dataset_id ON satudata_submission (dataset_id);

CREATE INDEX ix_satudata_submission_office_id ON satudata_submission (office_id);

CREATE INDEX ix_satudata_submission_working_copy_id ON satudata_submission (working_copy_id);

CREATE UNIQUE INDEX satudata_one_open_submission ON satudata_submission (dataset_id) WHERE state IN ('awaiting_approval', 'awaiting_check', 'awaiting_release', 'awaiting_supervisor', 'draft', 'needs_correction');

CREATE INDEX satudata_submission_desk ON satudata_submission (state, due_at, id);

CREATE TABLE satudata_working_resource (
    working_resource_id TEXT NOT NULL,
    public_resource_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    PRIMARY KEY (working_resource_id)
);

CREATE INDEX ix_satudata_working_resource_public_resource_id ON satudata_working_resource (public_resource_id);

CREATE TABLE satudata_contribution (
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (submission_id, user_id, kind),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);

CREATE TABLE satudata_edition (
    id TEXT NOT NULL,
    dataset_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    submission_id TEXT NOT NULL,
    metadata JSONB NOT NULL,
    files JSONB NOT NULL,
    content_hash TEXT NOT NULL,
    check_report JSONB,
    approved_by TEXT,
    approved_at TIMESTAMP WITH TIME ZONE,
    released_at TIMESTAMP WITH TIME ZONE NOT NULL,
    superseded_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id),
    UNIQUE (dataset_id, number),
    UNIQUE (submission_id),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);

CREATE TABLE satudata_finding (
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    item TEXT NOT NULL,
    field TEXT,
    resource_id TEXT,
    sheet TEXT,
    row INTEGER,
    "column" TEXT,
    text TEXT NOT NULL,
    source TEXT DEFAULT 'person' NOT NULL,
    user_id TEXT,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    mended_at TIMESTAMP WITH TIME ZONE,
    mended_by TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);

CREATE INDEX ix_satudata_finding_submission_id ON satudata_finding (submission_id);

CREATE TABLE satudata_stay (
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    dataset_id TEXT NOT NULL,
    office_id TEXT NOT NULL,
    state TEXT NOT NULL,
    round INTEGER NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    left_at TIMESTAMP WITH TIME ZONE,
    due_at TIMESTAMP WITH TIME ZONE,
    entered_step TEXT NOT NULL,
    left_step TEXT,
    entered_by TEXT,
    left_by TEXT,
    working_seconds INTEGER,
    limit_seconds INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);

CREATE INDEX ix_satudata_stay_submission_id ON satudata_stay (submission_id);

CREATE INDEX satudata_stay_period ON satudata_stay (state, entered_at);

CREATE INDEX satudata_stay_left ON satudata_stay (left_at);

CREATE TABLE satudata_verdict (
    id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    round INTEGER NOT NULL,
    item TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    user_id TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(submission_id) REFERENCES satudata_submission (id)
);

CREATE INDEX ix_satudata_verdict_submission_id ON satudata_verdict (submission_id);

CREATE TABLE satudata_audit (
    seq BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    submission_id TEXT,
    dataset_id TEXT,
    office_id TEXT,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    role TEXT,
    auth_method TEXT NOT NULL,
    step TEXT NOT NULL,
    from_state TEXT,
    to_state TEXT,
    content_hash TEXT,
    note TEXT NOT NULL,
    details JSONB NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
);

CREATE INDEX ix_satudata_audit_dataset_id ON satudata_audit (dataset_id);

CREATE INDEX ix_satudata_audit_submission_id ON satudata_audit (submission_id);

CREATE INDEX satudata_audit_step ON satudata_audit (step, at);

CREATE TABLE satudata_document (
    id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    figures JSONB NOT NULL,
    figures_sha256 TEXT NOT NULL,
    files JSONB NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);

-- ckanext-validation's own table: its create_tables() does not run on SQLAlchemy 2.
CREATE TABLE IF NOT EXISTS validation (
    id VARCHAR NOT NULL,
    resource_id VARCHAR,
    status VARCHAR,
    created TIMESTAMP WITHOUT TIME ZONE,
    finished TIMESTAMP WITHOUT TIME ZONE,
    report JSON,
    error JSON,
    PRIMARY KEY (id)
);

CREATE INDEX IF NOT EXISTS ix_validation_resource_id ON validation (resource_id);

CREATE OR REPLACE FUNCTION satudata_audit_refuse() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'satudata_audit is append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER satudata_audit_rows BEFORE UPDATE OR DELETE ON satudata_audit
    FOR EACH ROW EXECUTE FUNCTION satudata_audit_refuse();

CREATE TRIGGER satudata_audit_truncate BEFORE TRUNCATE ON satudata_audit
    FOR EACH STATEMENT EXECUTE FUNCTION satudata_audit_refuse();
