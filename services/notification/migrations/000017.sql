-- How far they are published, for each topic.
CREATE TABLE cdevents_published_v1 (
  topic text COLLATE "C" PRIMARY KEY,
  position bigint NOT NULL
)
