-- Which services a change, an incident or a release is about, by what any of its events said.
CREATE TABLE subjects_v1 (service_id text NOT NULL, stream text NOT NULL, PRIMARY KEY (stream, service_id))
