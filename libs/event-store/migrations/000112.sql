-- What was dropped of whom, so that it is known whoever asks again. Pseudonyms only.
CREATE TABLE directory.erasures (
  pseudonym text COLLATE "C" PRIMARY KEY,
  dropped text[] NOT NULL
);
