CREATE INDEX templates_v1_by_created_at ON templates_v1 (created_at DESC, id)
