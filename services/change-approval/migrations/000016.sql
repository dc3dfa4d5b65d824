CREATE INDEX decisions_v1_by_deployment ON decisions_v1 (deployment_id)
