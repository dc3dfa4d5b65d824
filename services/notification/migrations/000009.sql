-- One event to one subscriber. It is written with the watermark of the consumer that found it, and never goes.
CREATE TABLE deliveries_v1 (
  id uuid PRIMARY KEY,
  subscription text COLLATE "C" NOT NULL,
  event_id uuid NOT NULL,
  position bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
  -- Since it was last asked for: where it is in the schedule.
  failures int NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Who is at it, and until when that is believed.
  lease uuid,
  leased_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz
)
