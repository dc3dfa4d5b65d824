CREATE INDEX cells_v1_period ON cells_v1 (zone, period)
