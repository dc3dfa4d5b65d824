CREATE INDEX copies_v1_by_release ON copies_v1 USING gin ((state -> 'releaseIds')) WHERE category = 'change'
