ALTER TABLE satudata_request ADD COLUMN emptied_at TIMESTAMPTZ;
