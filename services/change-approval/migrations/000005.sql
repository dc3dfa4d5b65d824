CREATE INDEX copies_v1_by_attempt ON copies_v1 USING gin ((state -> 'attempts') jsonb_path_ops) WHERE category = 'change'
