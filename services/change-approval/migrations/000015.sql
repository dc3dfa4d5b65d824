CREATE INDEX decisions_v1_by_asked_at ON decisions_v1 (asked_at DESC, id)
