CREATE INDEX aliases_by_first_pseudonym ON directory.aliases (first_pseudonym);
