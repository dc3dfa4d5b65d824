-- Who registered before this is known to have one after the copy is rebuilt.
ALTER TABLE catalog_v1 ADD COLUMN team text;
