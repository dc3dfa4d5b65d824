CREATE VIEW reporting.periods AS
SELECT month.period AS month, month.zone, month.from_at AS starts_at, month.to_at AS ends_at,
  CASE
    WHEN closed.period IS NOT NULL THEN 'closed'
    WHEN month.to_at <= now() THEN 'provisional'
    ELSE 'open'
  END AS state,
  closed.closed_at, closed.position,
  (SELECT count(*) FROM restatements_v1 AS restated WHERE restated.period = month.period) AS restatements
FROM (
    SELECT DISTINCT period, zone, from_at, to_at FROM cells_v1
    UNION SELECT period, zone, from_at, to_at FROM closed_periods_v1
  ) AS month
  LEFT JOIN closed_periods_v1 AS closed ON closed.period = month.period AND closed.zone = month.zone
