ALTER TABLE environments_v1
  ADD COLUMN owner_team text,
  ADD COLUMN certified boolean,
  ADD COLUMN data_class text,
  ADD COLUMN topology text,
  ADD COLUMN middleware jsonb,
  ADD COLUMN labels text[] NOT NULL DEFAULT '{}',
  ADD COLUMN refs text[] NOT NULL DEFAULT '{}',
  ADD COLUMN owner text,
  ADD COLUMN state text NOT NULL DEFAULT 'Registered'
