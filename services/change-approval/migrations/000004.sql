CREATE INDEX copies_v1_by_artifact ON copies_v1 USING gin ((state -> 'content' -> 'artifacts') jsonb_path_ops) WHERE category = 'change'
