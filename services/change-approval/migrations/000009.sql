CREATE INDEX copies_v1_by_change ON copies_v1 (category, (state ->> 'changeId')) WHERE category IN ('deployment', 'decision')
