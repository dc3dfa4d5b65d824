CREATE VIEW reporting.figures AS
SELECT cell.service_id, service.service, service.team, cell.period AS month, cell.zone,
  cell.from_at AS starts_at, cell.to_at AS ends_at, cell.now_at AS counted_until,
  measured ->> 'measure' AS measure, figure ->> 'series' AS series, measured ->> 'definition' AS definition,
  figure ->> 'unit' AS unit,
  (figure ->> 'value')::float8 AS value, (figure ->> 'median')::float8 AS median,
  (figure ->> 'p90')::float8 AS p90, (figure ->> 'mean')::float8 AS mean,
  (figure ->> 'numerator')::float8 AS numerator, (figure ->> 'denominator')::float8 AS denominator,
  (figure ->> 'counted')::int AS counted, figure ->> 'reason' AS reason,
  (figure -> 'interval' ->> 'low')::float8 AS interval_low, (figure -> 'interval' ->> 'high')::float8 AS interval_high,
  figure -> 'interval' ->> 'method' AS interval_method,
  (figure ->> 'dataQuality')::float8 AS data_quality, json_array_length(figure -> 'open') AS open,
  EXISTS (SELECT FROM closed_periods_v1 AS closed WHERE closed.period = cell.period AND closed.zone = cell.zone) AS closed,
  EXISTS (
    SELECT FROM restatements_v1 AS restated
    WHERE restated.period = cell.period AND cell.service_id = ANY (restated.service_ids) AND (
      jsonb_array_length(restated.figures) < restated.figure_count OR restated.figures @> jsonb_build_array(jsonb_build_object(
        'serviceId', cell.service_id, 'measure', measured ->> 'measure', 'series', figure ->> 'series')))
  ) AS restated,
  known.position
FROM cells_v1 AS cell
  CROSS JOIN LATERAL json_array_elements(cell.measures) AS measured
  CROSS JOIN LATERAL json_array_elements(measured -> 'figures') AS figure
  LEFT JOIN counted_v1 AS known ON known.zone = cell.zone AND known.service_id = cell.service_id
  LEFT JOIN reporting.services AS service ON service.service_id = cell.service_id
