-- How a receiver is doing.
CREATE TABLE endpoints_v1 (
  subscription text COLLATE "C" PRIMARY KEY,
  failing_since timestamptz,
  -- Nothing goes there before that.
  paced_until timestamptz,
  expression_failures bigint NOT NULL DEFAULT 0,
  expression_error text
)
