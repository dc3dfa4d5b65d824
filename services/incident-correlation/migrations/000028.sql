ALTER TABLE incidents_v1 ADD COLUMN described boolean NOT NULL DEFAULT false
