CREATE INDEX copies_v1_by_name ON copies_v1 (category, (state ->> 'name')) WHERE category IN ('service', 'environment')
