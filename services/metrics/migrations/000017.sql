-- Which services an event has a part in whose kept figures are older than it; of all services when it is '*'.
CREATE TABLE touches_v1 (
  position bigint NOT NULL,
  service_id text NOT NULL,
  stream text NOT NULL,
  version integer NOT NULL,
  type text NOT NULL,
  correction_kind text NOT NULL,
  correction text NOT NULL,
  PRIMARY KEY (position, service_id)
)
