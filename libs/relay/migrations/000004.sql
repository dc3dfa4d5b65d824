GRANT SELECT ON TABLE relay.checkpoints, relay.partitions TO slipway_service
