CREATE INDEX facts_v1_category ON facts_v1 (category) WHERE category <> 'deployment'
