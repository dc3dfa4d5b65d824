-- Who holds what is asked of the log itself, so that a grant that was revoked is gone at the next call.
CREATE INDEX events_grants ON store.events ((data ->> 'person')) WHERE type = 'RoleGranted';
