-- Every migration that makes a function repeats this.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA store FROM PUBLIC;
