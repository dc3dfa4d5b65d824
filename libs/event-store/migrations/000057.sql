CREATE INDEX aliases_by_pseudonym ON directory.aliases (pseudonym);
