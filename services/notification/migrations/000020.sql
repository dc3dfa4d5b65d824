CREATE INDEX deliveries_v1_due_by_mail ON deliveries_v1 (next_at) WHERE state = 'waiting' AND recipient IS NOT NULL
