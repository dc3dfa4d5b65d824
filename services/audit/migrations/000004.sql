CREATE INDEX entries_v1_causation_id ON entries_v1 (causation_id) WHERE causation_id IS NOT NULL
