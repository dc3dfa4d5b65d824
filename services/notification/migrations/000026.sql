CREATE INDEX subscriptions_v1_newest ON subscriptions_v1 (created_at, id);
