ALTER TABLE releases_v1 ADD COLUMN scope_refs text[] NOT NULL DEFAULT '{}';
