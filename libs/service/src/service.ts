import { Logger } from '@nestjs/common';
import type { LogHints, Progress } from '@slipway/consumers';
import { categoryNamed, inWords } from '@slipway/contracts';
import {
  Access,
  accessTo,
  aliasOf,
  Answer,
  type Asked,
  askedOf,
  eventPlace,
  eventToken,
  isPseudonym,
  Listing,
  type ListQuery,
  notFound,
  type Page,
  type PageWithin,
  type Permission,
  type Place,
  paged,
  pageOf,
  ProblemException,
  Refused,
  Report,
  type Row,
} from '@slipway/edge';
import {
  type Check,
  type Directory,
  type Done,
  type EventStore,
  type Grants,
  handle,
  type Outcome,
  type Seals,
  type Stream,
  type Task,
} from '@slipway/event-store';
import { categoryOf, idOf, isRejection, type Message, type Stamp } from '@slipway/event-sourcing';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  decidersOf,
  placingOf,
  type Prepared,
  type RecordView,
  type ServiceDefinition,
  type Sources,
} from './definition.ts';
import { existing } from './existing.ts';
import { outsideScope, placesAfter, withinScope } from './within-scope.ts';

/** A command, and the stream that it is for. The decider is the one of the stream's category. */
export type Order = Readonly<{
  stream: string;
  command: Message;
  /** The stream may not be there yet. By default only streams of `asked.newStream` may not. */
  creates?: boolean;
}>;

export type Orders = Order &
  Readonly<{
    /** Decided together with it: all are appended, or none. */
    others?: readonly Order[];
    /** Read, not written, and must not have moved. */
    checks?: readonly Check[];
  }>;

export type Resources = Readonly<{
  definition: ServiceDefinition;
  store: EventStore;
  dataSource: DataSource;
  directory: Directory;
  seals: Seals;
  grants: Grants;
  /** Of the views, and of the copies. */
  progress: Progress;
  copied: Progress;
  hints: LogHints;
}>;

/** Somebody who came through a door without a token: a webhook that authenticated by itself. */
export type Caller = Readonly<{
  /** As the directory knows aliases: `github:codertocat`. */
  alias: string;
  source: string;
  /** What makes the same message the same. */
  key: string;
  occurredAt?: string;
  traceparent?: string;
}>;

const WAIT_MS = 5_000;
const NUMBER = /^[A-Z]{2,8}-[1-9]\d{0,11}$/;
const PREPARATIONS = 3;

/** What a service stands on: its store, its read models, its directory and its seals. */
export class Service implements Sources {
  readonly name: string;
  readonly store: EventStore;
  readonly dataSource: DataSource;
  /** Who people are. Whom a pseudonym means may be asked by `catalog` only. */
  readonly directory: Directory;
  readonly copied: Progress;
  /** Wakes whoever follows the log. */
  readonly hints: LogHints;
  readonly definition: ServiceDefinition;
  readonly logger: Logger;

  constructor(private readonly resources: Resources) {
    this.name = resources.definition.name;
    this.store = resources.store;
    this.dataSource = resources.dataSource;
    this.directory = resources.directory;
    this.copied = resources.copied;
    this.hints = resources.hints;
    this.definition = resources.definition;
    this.logger = new Logger(this.name);
  }

  /** The stream of an id or of a number (`REL-12`). A number that nobody has is a 404; an id is not looked up. */
  async streamOf(category: string, idOrNumber: string): Promise<string> {
    if (!NUMBER.test(idOrNumber)) {
      if (/^[\w.-]{1,80}$/.test(idOrNumber)) return `${category}-${idOrNumber}`;
      throw notFound(`There is no ${inWords(category)} ${idOrNumber}.`);
    }
    const stream = await this.store.numbered(idOrNumber);
    if (stream === undefined || categoryOf(stream) !== category)
      throw notFound(`There is no ${inWords(category)} ${idOrNumber}.`);
    return stream;
  }

  /** The id of a record that a body names by id or number: 422 `unknown-release` when there is none. */
  async idNamed(category: string, idOrNumber: string): Promise<string> {
    const isNumber = NUMBER.test(idOrNumber);
    const numbered = isNumber ? await this.store.numbered(idOrNumber) : undefined;
    const stream = isNumber ? numbered : `${category}-${idOrNumber}`;
    if (stream !== undefined && categoryOf(stream) === category && (await this.store.read(stream)).version > 0)
      return idOf(stream);
    const named = inWords(category);
    const code = `unknown-${named.replaceAll(' ', '-')}`;
    throw new ProblemException({ status: 422, code, detail: `There is no ${named} ${idOrNumber}.` });
  }

  /** Decides and appends. Answers the record as this command left it; throws `Refused` for a rejection. */
  async carryOut<Event extends Message, View extends object>(
    asked: Asked,
    orders: Orders,
    view: RecordView<Event, View>,
  ): Promise<Answer> {
    const outcome = await this.attempt(asked, orders);
    if (isRejection(outcome)) throw new Refused(outcome);
    return this.answer(outcome, view);
  }

  /** Like `carryOut`, for whoever wants the rejection as a value. */
  async attempt(asked: Asked, { stream, command, creates, others = [], checks = [] }: Orders): Promise<Outcome> {
    const mayCreate = (order: Order): boolean => order.creates ?? asked.isNew(order.stream);
    const context = {
      key: asked.key,
      request: asked.request,
      correlationId: asked.correlationId,
      ...(asked.expected !== undefined && { expected: asked.expected }),
      ...(asked.traceparent && { traceparent: asked.traceparent }),
    };
    const outcome = await this.decided(command, stream, async prepared =>
      handle(this.store, {
        ...context,
        home: this.task(
          { stream, command: prepared.command },
          asked.stamp,
          mayCreate({ stream, command, ...(creates !== undefined && { creates }) }),
          asked.access,
        ),
        others: others.map(order => this.task(order, asked.stamp, mayCreate(order), asked.access)),
        checks: [...checks, ...(prepared.checks ?? [])],
      }),
    );
    // What a key answered before is only read.
    return isRejection(outcome) || this.mayRead(asked, stream, outcome.events) ? outcome : outsideScope();
  }

  /** Facts are looked up again when one of the streams they came from has moved meanwhile. */
  async decided(command: Message, stream: string, decide: (prepared: Prepared) => Promise<Outcome>): Promise<Outcome> {
    const prepare = this.resources.definition.prepare?.[command.type];
    if (!prepare) return decide({ command });
    let outcome = await decide(await prepare(command, stream, this));
    for (let again = 1; again < PREPARATIONS && isContention(outcome); again += 1)
      outcome = await decide(await prepare(command, stream, this));
    return outcome;
  }

  /** Without an access: in the name of a process, which has no limits. */
  task({ stream, command }: Order, stamp: Stamp, mayCreate: boolean, access = new Access()): Task {
    const decider = decidersOf(this.definition)[categoryOf(stream)];
    if (!decider) throw new Error(`${this.name} decides on no ${categoryOf(stream)}`);
    const placing = placingOf(this.definition, categoryOf(stream));
    const scoped = access.isEverywhere ? decider : withinScope(decider, placing, idOf(stream), access);
    return { stream, command: { ...command, stamp }, decider: mayCreate ? scoped : existing(scoped, stream) };
  }

  /**
   * The record as it is. 404 when there is none, or nothing that this view shows; 403 when the asker's grants are limited and
   * do not reach it.
   */
  async record<Event extends Message, View extends object>(
    stream: string,
    view: RecordView<Event, View>,
    asked?: Asked,
  ): Promise<Answer> {
    const { events, version } = await this.read(stream, asked);
    if (foldedBy(view, events) === undefined) throw noneOf(stream);
    return new Answer(await this.shown(stream, version, events, view));
  }

  /** The events of a record: 404 and 403 as `record`. */
  async read(stream: string, asked?: Asked): Promise<Stream> {
    const found = await this.store.read(stream);
    if (found.version === 0) throw noneOf(stream);
    if (asked && !this.mayRead(asked, stream, found.events)) throw new Refused(outsideScope());
    return found;
  }

  /** What somebody's grants give at this moment, whatever the roles of his token; undefined: nothing. */
  async accessOf(pseudonym: string, permission: Permission): Promise<Access | undefined> {
    const held = await this.resources.grants.heldBy(pseudonym, new Date().toISOString());
    return accessTo(permission, [], held);
  }

  /** For a question that is no command and no record: 403 unless the asker's grants reach one of these places. */
  permit({ access }: Asked, places: readonly Place[]): void {
    if (!access.touches(places)) throw new Refused(outsideScope());
  }

  async answer<Event extends Message, View extends object>(done: Done, view: RecordView<Event, View>): Promise<Answer> {
    const { stream, version, events, replayed } = done;
    return new Answer(await this.shown(stream, version, events, view), eventToken({ stream, version }), replayed);
  }

  /** A page of a list; `consumer` is the view that fills its table. */
  async list(consumer: string, query: ListQuery, load: (page: Page) => Promise<readonly Row[]>): Promise<Listing> {
    const position = await this.positionShown(consumer, query.afterEvent);
    const page = pageOf(query);
    const { items, nextPageToken } = paged(await load(page), page);
    return new Listing(items, position, nextPageToken);
  }

  /** Like `list`, of rows that the asker's grants reach: `load` MUST leave out those that share no token with `page.within`. */
  listWithin(
    { access }: Asked,
    consumer: string,
    query: ListQuery,
    load: (page: PageWithin) => Promise<readonly Row[]>,
  ): Promise<Listing> {
    const within = access.tokens();
    return this.list(consumer, query, page => load({ ...page, ...(within && { within }) }));
  }

  /** Like `report`, of rows that the asker's grants reach, as `listWithin`. */
  reportWithin(
    { access }: Asked,
    consumer: string,
    afterEvent: string | undefined,
    load: (within: Pick<PageWithin, 'within'>) => Promise<object>,
  ): Promise<Report> {
    const within = access.tokens();
    return this.report(consumer, afterEvent, () => load(within ? { within } : {}));
  }

  /** Anything else that a view answers, with the position that it shows. */
  async report(
    consumer: string,
    afterEvent: string | undefined,
    load: (position: number) => Promise<object>,
  ): Promise<Report> {
    const position = await this.positionShown(consumer, afterEvent);
    return new Report(await load(position), position);
  }

  /** The position that a view shows, once it has passed the event; 503 when that takes too long or cannot be. */
  async positionShown(consumer: string, afterEvent?: string): Promise<number> {
    const { view, progress } = this.consumer(consumer);
    if (afterEvent) {
      const passed = await progress.waitFor(view, eventPlace(afterEvent), WAIT_MS);
      if (passed !== 'passed') throw new ProblemException(NOT_SHOWN[passed]);
    }
    return progress.position(view);
  }

  /** Encrypts free text under the key of its record. */
  async seal(stream: string, text: string): Promise<string>;
  async seal(stream: string, text: string | undefined): Promise<string | undefined>;
  async seal(stream: string, text: string | undefined): Promise<string | undefined> {
    return text === undefined ? undefined : this.resources.seals.seal(stream, text);
  }

  /** Free text again; null when its key was erased. */
  async open(stream: string, sealed: string): Promise<string | null> {
    return (await this.resources.seals.open(stream, sealed)) ?? null;
  }

  /** Every sealed text in a value, opened. */
  async opened(stream: string, value: unknown): Promise<unknown> {
    if (typeof value === 'string') return value.startsWith('sealed:') ? this.open(stream, value) : value;
    if (Array.isArray(value)) return Promise.all(value.map(item => this.opened(stream, item)));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(async ([key, item]) => [key, await this.opened(stream, item)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }

  /** The directory's pseudonyms of these aliases, in their order; made when new. */
  async pseudonyms(aliases: readonly string[]): Promise<readonly string[]> {
    const known = await this.directory.pseudonyms(aliases);
    return aliases.map(alias => known.get(alias) ?? '');
  }

  /** Pseudonyms of people who are named by pseudonym, e-mail or account, in their order. */
  async pseudonymsOf(people: readonly string[]): Promise<readonly string[]> {
    const named = people.filter(person => !isPseudonym(person));
    const known = named.length === 0 ? [] : await this.pseudonyms(named.map(aliasOf));
    return people.map(person => (isPseudonym(person) ? person : (known[named.indexOf(person)] ?? '')));
  }

  /** An asker who has no token. */
  async askedBy({ alias, source, key, occurredAt, traceparent }: Caller): Promise<Asked> {
    const recordedAt = new Date().toISOString();
    const [actor = ''] = await this.pseudonyms([alias]);
    const stamp: Stamp = { actor, issuer: source, occurredAt: occurredAt ?? recordedAt, recordedAt, source };
    return askedOf({
      stamp,
      access: new Access(),
      may: async () => false,
      operation: source,
      target: '',
      clientKey: key,
      request: key,
      correlationId: uuidv7(),
      ...(traceparent && { traceparent }),
    });
  }

  private mayRead({ access }: Asked, stream: string, events: readonly Message[]): boolean {
    const placing = placingOf(this.definition, categoryOf(stream));
    return access.isEverywhere || access.touches(placesAfter(placing, idOf(stream), events));
  }

  private consumer(name: string) {
    const { definition, progress, copied } = this.resources;
    const view = definition.views.find(each => each.consumer === name);
    if (view) return { view, progress };
    const copy = definition.copies?.find(each => each.consumer === name);
    if (copy) return { view: copy, progress: copied };
    throw new Error(`${this.name} has no view ${name}`);
  }

  private async shown<Event extends Message, View extends object>(
    stream: string,
    version: number,
    events: readonly Message[],
    view: RecordView<Event, View>,
  ) {
    const opened = (await this.opened(stream, foldedBy(view, events) ?? {})) as Readonly<Record<string, unknown>>;
    const number = categoryNamed(categoryOf(stream))?.prefix && (await this.store.numbersOf([stream])).get(stream);
    return { id: idOf(stream), ...(number && { number }), version, ...opened };
  }
}

const foldedBy = <Event extends Message, View extends object>(
  view: RecordView<Event, View>,
  events: readonly Message[],
): View | undefined =>
  events.reduce<View | undefined>(view as (view: View | undefined, event: Message) => View | undefined, undefined);

const noneOf = (stream: string): ProblemException =>
  notFound(`There is no ${inWords(categoryOf(stream))} ${idOf(stream)}.`);

const isContention = (outcome: Outcome): boolean => isRejection(outcome) && outcome.rejected === 'contention';

const NOT_SHOWN = {
  behind: {
    status: 503,
    code: 'view-behind',
    detail: 'The list does not show that event yet; try again.',
    retryAfter: 1,
  },
  parked: {
    status: 503,
    code: 'view-parked',
    detail: 'An event of that record could not be processed and is parked; an operator must replay or skip it.',
    retryAfter: 60,
  },
} as const;
