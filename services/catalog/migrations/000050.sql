ALTER TABLE role_grants_v1 ADD COLUMN teams text[], ADD COLUMN applications text[], ADD COLUMN actions text[];
