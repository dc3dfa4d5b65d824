CREATE INDEX deliveries_v1_by_subscription ON deliveries_v1 (subscription, position DESC, id)
