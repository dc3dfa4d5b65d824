CREATE INDEX incidents_v1_by_detection ON incidents_v1 (detected_at DESC, id)
