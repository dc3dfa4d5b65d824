CREATE INDEX instructions_pending ON instructions (seq) WHERE status = 'pending'
