-- Written with the checkpoint, one row a partition, idle ones too: the last position published to it; and of the last
-- stretch of positions, its first one and the one before it. Consumers work out from it what their views show.
CREATE TABLE partitions (
  topic text NOT NULL,
  partition int NOT NULL,
  last bigint NOT NULL,
  first bigint NOT NULL,
  before bigint NOT NULL,
  PRIMARY KEY (topic, partition)
)
