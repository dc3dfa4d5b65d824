CREATE TABLE pending_attachments_v1 (
  alert_id text COLLATE "C" PRIMARY KEY,
  incident_id text NOT NULL,
  group_key text NOT NULL,
  service_ids text[] NOT NULL,
  environment_id text,
  starts_at timestamptz NOT NULL
)
