CREATE INDEX instructions_timers ON instructions (process, target, name) WHERE status = 'pending' AND due_at IS NOT NULL
