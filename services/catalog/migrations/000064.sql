CREATE INDEX access_reviews_v1_newest ON access_reviews_v1 (opened_at, id)
