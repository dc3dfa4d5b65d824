-- Of mail: whom it goes to, and what was said in the end.
ALTER TABLE deliveries_v1 ADD COLUMN recipient text COLLATE "C", ADD COLUMN content_digest text
