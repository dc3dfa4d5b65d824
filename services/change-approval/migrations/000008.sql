CREATE INDEX copies_v1_by_dependency ON copies_v1 USING gin ((state -> 'dependsOn')) WHERE category = 'service'
