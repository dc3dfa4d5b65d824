CREATE INDEX copies_v1_by_deployed_release ON copies_v1 ((state ->> 'releaseId')) WHERE category = 'deployment'
