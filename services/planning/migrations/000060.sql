-- Each page of a list is one walk down an index, whatever is asked of it besides.
CREATE INDEX releases_v1_newest ON releases_v1 (drafted_at, id);
