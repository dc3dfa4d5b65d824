-- Who a pseudonym was whose acts have to be accounted for. For auditors alone, and nobody after that instant.
CREATE TABLE directory.retained (
  pseudonym text COLLATE "C" PRIMARY KEY,
  name text,
  email text,
  aliases text[] NOT NULL,
  until timestamptz NOT NULL
);
