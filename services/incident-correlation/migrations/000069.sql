ALTER TABLE reviews_v1 ADD COLUMN other_incidents text[] NOT NULL DEFAULT '{}', ADD COLUMN other_changes text[] NOT NULL DEFAULT '{}';
