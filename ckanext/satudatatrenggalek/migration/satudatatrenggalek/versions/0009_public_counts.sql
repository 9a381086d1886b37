ALTER TABLE satudata_dataset ADD COLUMN theme TEXT NOT NULL DEFAULT '';

UPDATE satudata_dataset
SET theme = coalesce(satudata_edition.metadata ->> 'theme', '')
FROM satudata_edition
WHERE satudata_edition.submission_id = satudata_dataset.published_submission_id;

CREATE TABLE satudata_public_count (
    office_id TEXT NOT NULL,
    theme TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (office_id, theme)
);

INSERT INTO satudata_public_count (office_id, theme, number)
SELECT office_id, theme, count(*)
FROM satudata_dataset
WHERE public_state = 'published'
GROUP BY office_id, theme;

-- Whatever writes the visibility of datasets, the counts follow in the same transaction. Rows are
-- taken in one order by all, so that two writers never wait for each other.
CREATE OR REPLACE FUNCTION satudata_count_public() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM satudata_public_count;
    ELSIF TG_OP = 'INSERT' THEN
        INSERT INTO satudata_public_count AS kept (office_id, theme, number)
        SELECT office_id, theme, count(*) FROM after_rows
        WHERE public_state = 'published' GROUP BY office_id, theme ORDER BY office_id, theme
        ON CONFLICT (office_id, theme) DO UPDATE SET number = kept.number + excluded.number;
    ELSIF TG_OP = 'DELETE' THEN
        UPDATE satudata_public_count AS kept SET number = kept.number - gone.number
        FROM (
            SELECT office_id, theme, count(*) AS number FROM before_rows
            WHERE public_state = 'published' GROUP BY office_id, theme
        ) AS gone
        WHERE kept.office_id = gone.office_id AND kept.theme = gone.theme;
    ELSE
        INSERT INTO satudata_public_count AS kept (office_id, theme, number)
        SELECT office_id, theme, sum(number) FROM (
            SELECT office_id, theme, 1 AS number FROM after_rows WHERE public_state = 'published'
            UNION ALL
            SELECT office_id, theme, -1 FROM before_rows WHERE public_state = 'published'
        ) AS moved
        GROUP BY office_id, theme HAVING sum(number) <> 0 ORDER BY office_id, theme
        ON CONFLICT (office_id, theme) DO UPDATE SET number = kept.number + excluded.number;
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER satudata_dataset_insert AFTER INSERT ON satudata_dataset
    REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION satudata_count_public();

CREATE TRIGGER satudata_dataset_update AFTER UPDATE ON satudata_dataset
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION satudata_count_public();

CREATE TRIGGER satudata_dataset_delete AFTER DELETE ON satudata_dataset
    REFERENCING OLD TABLE AS before_rows
    FOR EACH STATEMENT EXECUTE FUNCTION satudata_count_public();

CREATE TRIGGER satudata_dataset_truncate AFTER TRUNCATE ON satudata_dataset
    FOR EACH STATEMENT EXECUTE FUNCTION satudata_count_public();

-- The editions released last, without sorting all of them, and what they are the public one of.
CREATE INDEX satudata_edition_current ON satudata_edition (released_at, id)
    WHERE superseded_at IS NULL;

CREATE INDEX ix_satudata_dataset_published_submission_id
    ON satudata_dataset (published_submission_id);

-- Whether an office has anything on somebody's desk.
CREATE INDEX satudata_submission_office ON satudata_submission (office_id, state);
