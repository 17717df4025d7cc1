import { expect, expectTypeOf, test } from 'vitest';
import type { Call, CallOptions } from '../../../../protocol/contract/call.ts';
import type { Client } from '../../../../protocol/contract/connect.ts';
import type {
  EventName,
  EventPayload,
  Method,
  Params,
  ParsedParams,
  Progress,
  Result,
} from '../../../../protocol/contract/define-contract.ts';
import type { CallContext, Handlers, Server } from '../../../../protocol/contract/serve.ts';
import { type SmallContract, smallContract } from '../../../fixtures/contracts/small-contract.ts';

test('a contract is kept as it is', () => {
  expect([smallContract.name, smallContract.version]).toEqual(['small', 3]);
  expectTypeOf(smallContract.name).toEqualTypeOf<'small'>();
});

test('its names are known', () => {
  expectTypeOf<Method<SmallContract>>().toEqualTypeOf<'text.shout' | 'number.count' | 'bytes.stream'>();
  expectTypeOf<EventName<SmallContract>>().toEqualTypeOf<'clock.ticked'>();
  expectTypeOf<EventPayload<SmallContract, 'clock.ticked'>>().toEqualTypeOf<{ n: number }>();
});

test('parameters, results and progress are inferred from the schemas, before and after parsing', () => {
  expectTypeOf<Params<SmallContract, 'number.count'>>().toEqualTypeOf<{ to: number; by?: number | undefined }>();
  expectTypeOf<ParsedParams<SmallContract, 'number.count'>>().toEqualTypeOf<{ to: number; by: number }>();
  expectTypeOf<Result<SmallContract, 'number.count'>>().toEqualTypeOf<{ sum: number }>();
  expectTypeOf<Progress<SmallContract, 'number.count'>>().toEqualTypeOf<{ n: number }>();
  expectTypeOf<Progress<SmallContract, 'text.shout'>>().toEqualTypeOf<never>();
});

test('a handler map has every request, each with its types', () => {
  type Map = Handlers<SmallContract>;
  expectTypeOf<keyof Map>().toEqualTypeOf<Method<SmallContract>>();
  expectTypeOf<Parameters<Map['number.count']>>().toEqualTypeOf<
    [params: { to: number; by: number }, context: CallContext<{ n: number }>]
  >();
  const shout = { 'text.shout': () => ({ text: '' }) };
  // @ts-expect-error -- two handlers are missing
  const incomplete: Map = shout;
  // @ts-expect-error -- a result of another shape
  const wrong: Pick<Map, 'text.shout'> = { 'text.shout': () => ({ words: 1 }) };
  expect([Object.keys(incomplete), Object.keys(wrong)]).toEqual([['text.shout'], ['text.shout']]);
});

test('a client calls only what there is, with what it takes, and gets what it answers', () => {
  type Calls = Client<SmallContract>;
  const call = (client: Calls) => client.start('number.count', { to: 3 }, { onProgress: ({ n }) => n.toFixed() });
  expectTypeOf(call).returns.toEqualTypeOf<Call<{ sum: number }>>();
  const request = (client: Calls) => client.request('text.shout', { text: 'a' });
  expectTypeOf(request).returns.toEqualTypeOf<Promise<{ text: string }>>();
  expectTypeOf<CallOptions<{ n: number }>['onProgress']>().toEqualTypeOf<((item: { n: number }) => void) | undefined>();
  // @ts-expect-error -- no such request
  const unknown = (client: Calls) => client.request('text.whisper', { text: 'a' });
  // @ts-expect-error -- a parameter of another type
  const wrong = (client: Calls) => client.request('text.shout', { text: 1 });
  // @ts-expect-error -- no such event
  const deaf = (client: Calls) => client.on('clock.stopped', () => {});
  // @ts-expect-error -- a payload of another type
  const silent = (server: Server<SmallContract>) => server.emit('clock.ticked', { n: 'one' });
  expect([unknown, wrong, deaf, silent]).toHaveLength(4);
});
