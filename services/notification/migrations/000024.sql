CREATE INDEX communications_v1_by_drafted_at ON communications_v1 (drafted_at DESC, id)
