CREATE TABLE known_dependencies_v1 (
  service_id text COLLATE "C" NOT NULL,
  depends_on text COLLATE "C" NOT NULL,
  PRIMARY KEY (service_id, depends_on)
)
