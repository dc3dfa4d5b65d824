import { existsSync } from 'node:fs';
import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer, Wait } from 'testcontainers';

const KAFKA_START = '/tmp/start.sh';
const READY_WITHIN_MS = 60_000;

export type Service = Readonly<{ address: string; stop: () => Promise<void> }>;

/** Whether a container engine answers here. */
export const canRunContainers = async (): Promise<boolean> => {
  if (!process.env['DOCKER_HOST'] && !existsSync('/var/run/docker.sock')) return false;
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
};

/** PostgreSQL that trusts whoever connects and keeps nothing. The address is a URL. */
export const postgresContainer = async (settings: Readonly<Record<string, string | number>>): Promise<Service> => {
  const container = await new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_HOST_AUTH_METHOD: 'trust' })
    .withTmpFs({ '/var/lib/postgresql': 'rw' }) // PostgreSQL 18 has its data below 18/docker
    .withCommand(Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]))
    .withExposedPorts(5432)
    // The first time it serves only its own initialization.
    .withWaitStrategy(
      Wait.forAll([Wait.forLogMessage('database system is ready to accept connections', 2), Wait.forListeningPorts()]),
    )
    .start();
  return service(container, `postgresql://postgres@${container.getHost()}:${container.getMappedPort(5432)}/postgres`);
};

/** Testcontainers' own KafkaContainer takes Confluent's image only. The broker waits to be told the port that it has outside. */
export const kafkaContainer = async (): Promise<Service> => {
  const container = await new GenericContainer('apache/kafka:4.3.0')
    .withExposedPorts(9092)
    .withEnvironment(KAFKA)
    .withEntrypoint(['sh'])
    .withCommand(['-c', `echo waiting; while [ ! -x ${KAFKA_START} ]; do sleep 0.05; done; exec ${KAFKA_START}`])
    .withWaitStrategy(Wait.forLogMessage('waiting'))
    .start();
  const address = `${container.getHost()}:${container.getMappedPort(9092)}`;
  const listeners = `HOST://${address},NETWORK://127.0.0.1:19092`;
  const content = `#!/bin/sh\nexport KAFKA_ADVERTISED_LISTENERS=${listeners}\nexec /etc/kafka/docker/run\n`;
  await container.copyContentToContainer([{ content, target: KAFKA_START, mode: 0o755 }]);
  await said(container, 'Kafka Server started');
  return service(container, address);
};

// The timer also keeps the process alive, which the engine's connection does not.
const said = async (container: StartedTestContainer, text: string): Promise<void> => {
  const logs = await container.logs();
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`did not say "${text}" in time: ${output}`)), READY_WITHIN_MS);
    logs.on('data', chunk => {
      output = (output + String(chunk)).slice(-4_000);
      if (!output.includes(text)) return;
      clearTimeout(late);
      resolve();
    });
  });
  logs.destroy();
};

const service = (container: StartedTestContainer, address: string): Service => ({
  address,
  stop: async () => {
    await container.stop();
  },
});

// With any of these set, the image has no defaults.
const KAFKA = {
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_LISTENERS: 'HOST://:9092,NETWORK://:19092,CONTROLLER://:9093',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'HOST:PLAINTEXT,NETWORK:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_INTER_BROKER_LISTENER_NAME: 'NETWORK',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
};
