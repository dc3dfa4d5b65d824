-- All up to the position has been published under this prefix.
CREATE TABLE checkpoints (
  prefix text PRIMARY KEY,
  incarnation text NOT NULL,
  position bigint NOT NULL
)
