CREATE INDEX copies_v1_by_person ON copies_v1 ((state ->> 'person')) WHERE category = 'roleGrant'
