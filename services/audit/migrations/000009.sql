CREATE INDEX references_v1_stream ON references_v1 (stream, position)
