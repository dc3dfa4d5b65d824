CREATE INDEX deliveries_v1_due ON deliveries_v1 (subscription, next_at) WHERE state = 'waiting'
