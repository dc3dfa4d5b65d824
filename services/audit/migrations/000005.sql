CREATE INDEX entries_v1_event_id ON entries_v1 ((event_id::text))
