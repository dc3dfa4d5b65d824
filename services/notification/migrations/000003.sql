-- What a subscriber wants and where, as of the place in the log that has been told. Not those that were canceled.
CREATE TABLE subscribers_v1 (
  id text COLLATE "C" PRIMARY KEY,
  state text NOT NULL,
  filter jsonb NOT NULL,
  channel jsonb NOT NULL,
  -- Newest first: {id, until}. What they are stands in secrets_v1.
  secrets jsonb NOT NULL
)
