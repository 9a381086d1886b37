-- Which table holds the rows of a file's bytes: a loaded one was named after its resource.
ALTER TABLE satudata_file ADD COLUMN table_id TEXT;

UPDATE satudata_file SET table_id = resource_id WHERE loaded_sha256 = sha256;

ALTER TABLE satudata_file DROP COLUMN loaded_sha256;

CREATE INDEX ix_satudata_file_table_id ON satudata_file (table_id);

CREATE INDEX ix_satudata_working_resource_submission_id ON satudata_working_resource (submission_id);
