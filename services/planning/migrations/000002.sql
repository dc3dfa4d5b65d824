CREATE INDEX releases_v1_by_drafted_at ON releases_v1 (drafted_at DESC, id)
