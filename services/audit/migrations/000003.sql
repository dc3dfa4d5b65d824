CREATE INDEX entries_v1_record_id ON entries_v1 (record_id)
