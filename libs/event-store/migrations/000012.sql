CREATE INDEX event_log_by_stream ON store.event_log (stream, version);
