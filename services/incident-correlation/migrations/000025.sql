CREATE INDEX problems_v1_by_opening ON problems_v1 (opened_at DESC, id)
