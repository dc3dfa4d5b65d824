ALTER TABLE services_v1
  ADD COLUMN critical_or_important_function boolean,
  ADD COLUMN in_sox_scope boolean,
  ADD COLUMN third_party_provider text,
  ADD COLUMN labels text[] NOT NULL DEFAULT '{}',
  ADD COLUMN refs text[] NOT NULL DEFAULT '{}',
  ADD COLUMN owner text,
  ADD COLUMN state text NOT NULL DEFAULT 'Registered'
