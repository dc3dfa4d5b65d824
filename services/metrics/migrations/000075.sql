ALTER TABLE counted_v1 ADD COLUMN counted_by text NOT NULL DEFAULT ''
