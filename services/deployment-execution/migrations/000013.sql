-- No event before this told of any: what is there is right as it is.
ALTER TABLE deployments_v1 ADD COLUMN labels text[] NOT NULL DEFAULT '{}', ADD COLUMN refs text[] NOT NULL DEFAULT '{}';
