ALTER TABLE subscribers_v1 ADD COLUMN grants_of text;
