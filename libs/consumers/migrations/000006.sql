CREATE TABLE process_instances (
  process text NOT NULL,
  instance text NOT NULL,
  state json NOT NULL,
  PRIMARY KEY (process, instance)
)
