-- Who a pseudonym is. Erasable, outside the log, backed up apart.
CREATE TABLE directory.people (
  pseudonym text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('person', 'service-account')),
  name text NOT NULL,
  email text,
  leaves_on date
);
