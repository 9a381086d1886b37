CREATE TABLE satudata_day_off (
    id TEXT NOT NULL,
    day DATE NOT NULL,
    reason TEXT NOT NULL,
    decree TEXT NOT NULL,
    added_by TEXT,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    removed_by TEXT,
    removed_at TIMESTAMP WITH TIME ZONE,
    removed_reason TEXT,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX satudata_day_off_once ON satudata_day_off (day) WHERE removed_at IS NULL;
