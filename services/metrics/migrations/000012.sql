CREATE INDEX facts_v3_catalog ON facts_v3 (category) WHERE category IN ('service', 'application', 'environment')
