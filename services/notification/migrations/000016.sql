-- The events of the log as CDEvents, at their positions.
CREATE TABLE cdevents_v1 (
  position bigint PRIMARY KEY,
  body json NOT NULL
)
