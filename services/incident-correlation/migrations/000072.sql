CREATE INDEX ON incidents_v1 (id) WHERE detected_by = 'import';
