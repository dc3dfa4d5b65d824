-- What is known of a record, a target or an artifact, so that an event about it can be told in the words of CDEvents.
CREATE TABLE cdevents_known_v1 (
  key text COLLATE "C" PRIMARY KEY,
  facts jsonb NOT NULL
)
