INSERT INTO store.epoch (leader) VALUES ('sequencer'), ('relay');
