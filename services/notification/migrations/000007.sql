-- What webhooks are signed with, sealed under the key of the subscription. In no event.
CREATE TABLE secrets_v1 (
  subscription text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  sealed text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (subscription, id)
)
