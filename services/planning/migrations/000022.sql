UPDATE releases_v1
SET scope_refs = ARRAY(SELECT DISTINCT ref FROM jsonb_each_text(scope), unnest(ARRAY[key, value]) AS ref WHERE ref <> '')
WHERE scope <> '{}';
