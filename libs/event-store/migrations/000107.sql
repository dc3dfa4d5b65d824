CREATE INDEX events_owners ON store.events ((data ->> 'ownerTeam')) WHERE type IN ('ServiceRegistered', 'ServiceUpdated');
