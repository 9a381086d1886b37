CREATE TABLE satudata_nightly (
    id TEXT NOT NULL,
    day DATE UNIQUE,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    mended BOOLEAN NOT NULL DEFAULT false,
    differences JSONB NOT NULL DEFAULT '[]',
    PRIMARY KEY (id)
);

CREATE INDEX satudata_nightly_newest ON satudata_nightly (planned_at);
