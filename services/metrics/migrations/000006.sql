CREATE INDEX facts_v2_category ON facts_v2 (category) WHERE category <> 'deployment'
