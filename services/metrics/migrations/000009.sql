-- As of which position the figures of a service are kept, and up to which month.
CREATE TABLE counted_v1 (
  zone text NOT NULL,
  service_id text NOT NULL,
  position bigint NOT NULL,
  until text NOT NULL,
  PRIMARY KEY (zone, service_id)
)
