ALTER TABLE satudata_told RENAME COLUMN stay_id TO subject;
ALTER TABLE satudata_told ADD COLUMN until TIMESTAMPTZ;

-- A deadline that moves later from here on is reminded of again; none is for having been told before.
UPDATE satudata_told SET until = satudata_stay.due_at
FROM satudata_stay
WHERE satudata_stay.id = satudata_told.subject AND satudata_told.what IN ('remind', 'escalate');
