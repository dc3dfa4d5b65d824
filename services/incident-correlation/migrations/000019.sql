-- Filled by the next statement of each service, or by a rebuild of the copy.
ALTER TABLE known_services_v1 ADD COLUMN owner_team text NOT NULL DEFAULT '';
