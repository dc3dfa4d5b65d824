CREATE VIEW reporting.restatements AS
SELECT restated.id AS restatement_id, restated.period AS month, restated_at,
  correction ->> 'kind' AS correction_kind, correction ->> 'id' AS correction_id, cause_count, figure_count,
  figure ->> 'serviceId' AS service_id, service.service,
  figure ->> 'measure' AS measure, figure ->> 'series' AS series, figure ->> 'definition' AS definition,
  (figure -> 'before' ->> 'value')::float8 AS value_before, (figure -> 'after' ->> 'value')::float8 AS value_after,
  (figure -> 'before' ->> 'numerator')::float8 AS numerator_before,
  (figure -> 'after' ->> 'numerator')::float8 AS numerator_after,
  (figure -> 'before' ->> 'denominator')::float8 AS denominator_before,
  (figure -> 'after' ->> 'denominator')::float8 AS denominator_after,
  from_position AS position_before, through_position AS position_after, restated.position
FROM restatements_v1 AS restated CROSS JOIN LATERAL jsonb_array_elements(figures) AS figure
  LEFT JOIN reporting.services AS service ON service.service_id = figure ->> 'serviceId'
