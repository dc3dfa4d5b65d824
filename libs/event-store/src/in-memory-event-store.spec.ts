import { eventStoreContract } from './event-store.contract.ts';
import { InMemoryEventStore } from './in-memory-event-store.ts';

eventStoreContract('the in-memory store', upcast =>
  Promise.resolve({ store: new InMemoryEventStore(upcast), close: () => Promise.resolve() }),
);
