CREATE INDEX copies_v1_by_alias ON copies_v1 USING gin ((state -> 'alsoKnownAs')) WHERE category = 'person'
