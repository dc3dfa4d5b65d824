-- CHG-34: given once, the same for ever after. Unique because a sequence a prefix gives them.
CREATE TABLE store.numbers (
  stream text COLLATE "C" PRIMARY KEY,
  number text COLLATE "C" NOT NULL
);
