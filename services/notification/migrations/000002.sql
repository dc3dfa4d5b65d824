CREATE INDEX subscriptions_v1_by_created_at ON subscriptions_v1 (created_at DESC, id)
