CREATE TABLE satudata_notice (
    id BIGSERIAL NOT NULL,
    user_id TEXT NOT NULL,
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    dataset_id TEXT,
    submission_id TEXT,
    facts JSONB NOT NULL,
    link TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    mail TEXT DEFAULT '' NOT NULL,
    mail_after TIMESTAMP WITH TIME ZONE,
    mailed_at TIMESTAMP WITH TIME ZONE,
    mail_attempts INTEGER DEFAULT '0' NOT NULL,
    mail_error TEXT,
    mail_stopped_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);

CREATE INDEX ix_satudata_notice_submission_id ON satudata_notice (submission_id);

CREATE INDEX satudata_notice_of ON satudata_notice (user_id, id);

CREATE INDEX satudata_notice_unread ON satudata_notice (user_id) WHERE read_at IS NULL;

CREATE INDEX satudata_notice_mail ON satudata_notice (mail_after, id)
    WHERE mail <> '' AND mailed_at IS NULL AND mail_stopped_at IS NULL;

CREATE TABLE satudata_notice_preference (
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (user_id, kind)
);

CREATE TABLE satudata_told (
    stay_id TEXT NOT NULL,
    what TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (stay_id, what)
);
