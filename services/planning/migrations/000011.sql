-- No event before this told of any: what is there is right as it is.
ALTER TABLE releases_v1 ADD COLUMN train text, ADD COLUMN departure timestamptz;
