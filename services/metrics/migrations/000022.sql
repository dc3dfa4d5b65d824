CREATE INDEX restatements_v1_period ON restatements_v1 (period, position)
