-- Expectations: a version, 0 no stream, -1 the stream exists, -2 anything.
CREATE FUNCTION store.meets(version int, expected int) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE expected WHEN -2 THEN true WHEN -1 THEN version > 0 ELSE version = expected END;
