CREATE UNIQUE INDEX rebuilds_unfinished ON rebuilds (consumer) WHERE status IN ('asked', 'running', 'canceling')
