-- Which life of the log this is. Whatever leaves the database carries it.
CREATE TABLE store.incarnation (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  made_at timestamptz NOT NULL DEFAULT now()
);
