CREATE INDEX entries_v1_type ON entries_v1 (type, position)
