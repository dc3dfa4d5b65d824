-- Accounts, addresses, token subjects. first_pseudonym is what events before the registration may name.
CREATE TABLE directory.aliases (
  alias text COLLATE "C" PRIMARY KEY,
  pseudonym text COLLATE "C" NOT NULL,
  first_pseudonym text COLLATE "C" NOT NULL
);
