CREATE INDEX copies_v1_by_digest ON copies_v1 USING gin ((state -> 'digests')) WHERE category = 'release'
