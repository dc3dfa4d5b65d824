-- What other services decide on, as far as this one needs it: fed by the log in its order.
CREATE TABLE known_services_v1 (
  id text COLLATE "C" PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  repositories text[] NOT NULL,
  aliases text[] NOT NULL
)
