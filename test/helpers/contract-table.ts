import { describe, expect, test } from 'vitest';
import { type Client, connect } from '../../protocol/contract/connect.ts';
import type {
  Contract,
  EventName,
  EventPayload,
  Method,
  Params,
  Progress,
  RequestSpec,
  Result,
  Schema,
} from '../../protocol/contract/define-contract.ts';
import type { ServerEnvelope } from '../../protocol/contract/envelope.ts';
import { type Handlers, serve } from '../../protocol/contract/serve.ts';
import { type AsideError, isAsideError } from '../../protocol/errors.ts';
import { createPortPair } from './port-pair.ts';
import { badVariants, goodVariants, unboundedPlaces, unsampledMembers, type Variant } from './schema-variants.ts';

type Some<T> = readonly [T, ...T[]];

/** Good values for every part of a contract, of every member where there are several. A request without is a type error. */
export interface ContractSamples<C extends Contract> {
  readonly requests: {
    readonly [M in Method<C>]: {
      readonly params: Some<Params<C, M>>;
      readonly result: Some<Result<C, M>>;
    } & ([Progress<C, M>] extends [never] ? unknown : { readonly progress: Some<Progress<C, M>> });
  };
  readonly events: { readonly [E in EventName<C>]: Some<EventPayload<C, E>> };
}

interface RequestSamples {
  readonly params: Some<unknown>;
  readonly result: Some<unknown>;
  readonly progress?: Some<unknown>;
}

/**
 * Puts every request and event of a contract to the test, with good and bad values made from its own schemas, through
 * the real `serve` and `connect` and a port that copies.
 */
export function testContract<C extends Contract>(contract: C, samples: ContractSamples<C>): void {
  const requests = Object.entries<RequestSpec>(contract.requests);
  const requestSamples = samples.requests as Readonly<Record<string, RequestSamples>>;
  const eventSamples = samples.events as Readonly<Record<string, Some<unknown>>>;

  test('every request and every event has samples', () => {
    expect(Object.keys(requestSamples).sort()).toEqual(Object.keys(contract.requests).sort());
    expect(Object.keys(eventSamples).sort()).toEqual(Object.keys(contract.events).sort());
  });

  describe.each(requests)('%s', (method, spec) => {
    const own = requestSamples[method] as RequestSamples;
    testPart('params', spec.params, own.params, acceptsParams, refusesParams);
    testPart('result', spec.result, own.result, acceptsResult, refusesResult);
    if (spec.progress) testPart('progress', spec.progress, own.progress ?? [], acceptsProgress, refusesProgress);

    async function acceptsParams(params: unknown): Promise<void> {
      const { send, received } = serveSamples(contract, own);
      expect(await send(method, params)).toEqual({ kind: 'result', id: 1, result: own.result[0] });
      expect(received).toEqual([params]);
    }

    async function refusesParams(params: unknown, path: string): Promise<void> {
      const { send, received } = serveSamples(contract, own);
      const answer = await send(method, params);
      expect(answer).toMatchObject({
        kind: 'error',
        error: { code: 'contract', details: { path: join('params', path) } },
      });
      expect(received).toEqual([]);
    }

    async function acceptsResult(result: unknown): Promise<void> {
      const { client, malformed } = answerWith(contract, (id) => [{ kind: 'result', id, result }]);
      expect(await client.request(method as never, own.params[0] as never)).toEqual(result);
      expect(malformed).toEqual([]);
    }

    async function refusesResult(result: unknown, path: string): Promise<void> {
      const { client, malformed } = answerWith(contract, (id) => [{ kind: 'result', id, result }]);
      const error = await rejection(client.request(method as never, own.params[0] as never));
      expect(error).toMatchObject({ code: 'contract', details: { path: join(`${method}.result`, path) } });
      expect(malformed).toEqual([error]);
    }

    async function acceptsProgress(item: unknown): Promise<void> {
      const { items, malformed } = await runWithProgress(item);
      expect({ items, malformed }).toEqual({ items: [item], malformed: [] });
    }

    async function refusesProgress(item: unknown, path: string): Promise<void> {
      const { items, malformed } = await runWithProgress(item);
      expect(items).toEqual([]);
      expect(malformed).toMatchObject([{ code: 'contract', details: { path: join(`${method}.progress`, path) } }]);
    }

    async function runWithProgress(item: unknown): Promise<{ items: unknown[]; malformed: AsideError[] }> {
      const items: unknown[] = [];
      const { client, malformed } = answerWith(contract, (id) => [
        { kind: 'progress', id, item },
        { kind: 'result', id, result: own.result[0] },
      ]);
      const onProgress = (progress: unknown): void => void items.push(progress);
      await client.request(method as never, own.params[0] as never, { onProgress });
      return { items, malformed };
    }
  });

  describe.each(Object.entries<Schema>(contract.events))('event %s', (name, schema) => {
    testPart('payload', schema, eventSamples[name] ?? [], acceptsEvent, refusesEvent);

    async function acceptsEvent(payload: unknown): Promise<void> {
      expect(await emit(payload)).toEqual({ heard: [payload], malformed: [] });
    }

    async function refusesEvent(payload: unknown, path: string): Promise<void> {
      const { heard, malformed } = await emit(payload);
      expect(heard).toEqual([]);
      expect(malformed).toMatchObject([{ code: 'contract', details: { path: join(name, path) } }]);
    }

    async function emit(payload: unknown): Promise<{ heard: unknown[]; malformed: AsideError[] }> {
      const { page, main } = createPortPair();
      const heard: unknown[] = [];
      const malformed: AsideError[] = [];
      const client = connect(contract, page, { onMalformed: (error) => malformed.push(error) });
      client.on(name as never, (event: unknown) => void heard.push(event));
      main.send({ kind: 'event', name, payload });
      await Promise.resolve();
      return { heard, malformed };
    }
  });
}

/** The tests of one schema: its samples, what can be made of them, and what it must never let through. */
function testPart(
  part: string,
  schema: Schema,
  samples: readonly unknown[],
  accepts: (value: unknown) => Promise<void>,
  refuses: (value: unknown, path: string) => Promise<void>,
): void {
  test(`${part}: the samples are accepted, also at the edges of what is allowed`, async () => {
    const edges = samples.flatMap((sample) => goodVariants(schema, sample));
    const whole = samples.map((value) => ({ path: '', what: 'as in the sample', value }));
    expect(await failures([...whole, ...edges], ({ value }) => accepts(value))).toEqual([]);
  });

  test(`${part}: whatever can be wrong is refused, and the error says where`, async () => {
    const bad = samples.flatMap((sample) => badVariants(schema, sample));
    expect(bad.length).toBeGreaterThan(0);
    expect(await failures(bad, ({ value, path }) => refuses(value, path))).toEqual([]);
  });

  test(`${part}: every kind of it has a sample, and nothing in it is without a bound`, () => {
    expect(unsampledMembers(schema, samples)).toBe(0);
    expect(unboundedPlaces(schema)).toEqual([]);
  });
}

/** What did not go as it should, each with its name, so that one wrong variant does not hide the others. */
async function failures(variants: readonly Variant[], check: (variant: Variant) => Promise<void>): Promise<string[]> {
  const failed: string[] = [];
  for (const variant of variants) {
    await check(variant).catch((error: Error) => {
      failed.push(`${variant.path || 'the whole'} ${variant.what}: ${error.message}`);
    });
  }
  return failed;
}

/** A real server whose handlers answer with samples, and a raw other end. */
function serveSamples<C extends Contract>(contract: C, samples: RequestSamples) {
  const { page, main } = createPortPair();
  const received: unknown[] = [];
  const handler = (params: unknown): unknown => {
    received.push(params);
    return samples.result[0];
  };
  const handlers = Object.fromEntries(Object.keys(contract.requests).map((method) => [method, handler]));
  serve(contract, main, handlers as unknown as Handlers<C>, (error) => {
    throw error;
  });
  const send = (method: string, params: unknown): Promise<unknown> => {
    const answer = new Promise((resolve) => page.onMessage(resolve));
    page.send({ kind: 'request', id: 1, method, params });
    return answer;
  };
  return { send, received };
}

/** A real client, and a raw other end that answers each request with what the test wants. */
function answerWith<C extends Contract>(
  contract: C,
  answers: (id: number) => ServerEnvelope[],
): { client: Client<C>; malformed: AsideError[] } {
  const { page, main } = createPortPair();
  const malformed: AsideError[] = [];
  main.onMessage((message) => {
    for (const answer of answers((message as { id: number }).id)) main.send(answer);
  });
  return { client: connect(contract, page, { onMalformed: (error) => malformed.push(error) }), malformed };
}

async function rejection(promise: Promise<unknown>): Promise<AsideError> {
  try {
    await promise;
  } catch (error) {
    if (isAsideError(error)) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

function join(root: string, path: string): string {
  return path === '' ? root : `${root}.${path}`;
}
