CREATE INDEX entries_v1_stream ON entries_v1 (stream, position)
