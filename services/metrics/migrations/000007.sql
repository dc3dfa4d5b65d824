CREATE INDEX facts_v2_corrected ON facts_v2 (stream) WHERE type = 'DeploymentKindCorrected'
