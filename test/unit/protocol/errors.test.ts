import fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  AsideError,
  type ErrorCode,
  type ErrorDetails,
  fromWireError,
  isAsideError,
  toWireError,
  WireError,
} from '../../../protocol/errors.ts';

/** Good details for every code; a code without is a type error. */
const DETAILS: { readonly [C in ErrorCode]: ErrorDetails<C> } = {
  contract: { path: 'params.text', expected: 'a string', got: '42' },
  'host-start': { engine: 'espeak', elapsedMs: 10_000.5, stderrTail: ['one', 'two'] },
  'host-exited': { pid: 12, exitCode: null, signal: 'SIGKILL', request: 'utterance.speak', stderrTail: [] },
  'host-depth': { engine: 'espeak', depth: 3, limit: 2 },
  'host-protocol': { pid: null, got: 'garbage' },
  'host-gave-up': { engine: 'espeak', restarts: 5, lastError: 'it exited' },
  'request-timeout': { request: 'voices.list', limit: 'progress', timeoutMs: 10_000 },
  'request-cancelled': { request: 'utterance.speak' },
  callback: { request: 'utterance.speak', callback: 'onProgress' },
  'queue-full': { request: 'utterance.speak', limit: 64 },
  disconnected: {},
  'engine-unavailable': { engine: 'espeak' },
  'voice-not-found': { voiceId: 'espeak:none' },
  synthesis: { engine: 'espeak', nativeCode: -1 },
  'segment-failed': { charIndex: 3, charLength: 4, text: 'text', exits: [{ exitCode: 139, signal: null }] },
  file: { path: '/a', reason: 'ENOSPC' },
  program: { program: 'lame', reason: 'not-started', systemCode: 'ENOENT', lastLines: [] },
  refused: { reason: 'nothing to read' },
  internal: {},
};
const CODES = Object.keys(DETAILS) as ErrorCode[];

function makeError(code: ErrorCode, message = 'what happened', remedy = 'what to do'): AsideError {
  return new AsideError(code, message, { details: DETAILS[code], remedy });
}

const overTheWire = (error: unknown): AsideError => fromWireError(WireError.parse(structuredClone(toWireError(error))));

describe('over the wire', () => {
  test('there are details here for every code', () => {
    expect([...WireError.shape.code.options].sort()).toEqual([...CODES].sort());
  });

  test.each(CODES)('%s arrives with code, message, remedy and details', (code) => {
    const { message, remedy, details } = overTheWire(makeError(code));
    expect({ message, remedy, details }).toEqual({
      message: 'what happened',
      remedy: 'what to do',
      details: DETAILS[code],
    });
  });

  test('fromWire(toWire(e)) is e, for any code, message and remedy', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(fc.constantFrom(...CODES), text, text, (code, message, remedy) => {
        const error = makeError(code, message, remedy);
        const arrived = overTheWire(error);
        expect(toWireError(arrived)).toEqual(toWireError(error));
      }),
    );
  });

  test.each(CODES)('%s with details of another kind becomes internal and keeps its message', (code) => {
    const arrived = fromWireError({ code, message: 'odd', remedy: '', details: { unexpected: true } });
    expect({ code: arrived.code, message: arrived.message }).toEqual({ code: 'internal', message: 'odd' });
  });

  test('a message and a remedy without end are cut to what the wire takes', () => {
    const arrived = overTheWire(makeError('refused', 'm'.repeat(100_000), 'r'.repeat(100_000)));
    expect([arrived.message.length, arrived.remedy.length]).toEqual([8_000, 8_000]);
    expect(arrived.message.endsWith('m…')).toBe(true);
  });

  test('a cause and a stack stay here', () => {
    const error = new AsideError('refused', 'no', { details: { reason: 'x' }, cause: new Error('secret') });
    expect(Object.keys(toWireError(error)).sort()).toEqual(['code', 'details', 'message', 'remedy']);
    expect(JSON.stringify(toWireError(error))).not.toMatch(/secret|\.ts/);
  });

  test('what is no AsideError is a defect, told by its message alone', () => {
    expect(toWireError(new TypeError('x is undefined'))).toEqual({
      code: 'internal',
      message: 'Aside has a defect: x is undefined',
      remedy: '',
      details: {},
    });
  });

  test('anything at all that is thrown can cross', () => {
    const odd = [
      Object.create(null),
      Symbol('s'),
      () => {},
      null,
      undefined,
      10n,
      Object.assign(new Error(), { message: {} }),
    ];
    for (const thrown of odd) expect(overTheWire(thrown).code).toBe('internal');
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withObjectString: true }), (thrown) => {
        expect(overTheWire(thrown).code).toBe('internal');
      }),
    );
  });
});

describe('the class', () => {
  test('has its own name, is an Error and keeps its cause', () => {
    const cause = new Error('why');
    const error = new AsideError('internal', 'what', { details: {}, cause });
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.message, error.cause, error.remedy]).toEqual(['AsideError', 'what', cause, '']);
  });

  test('without a cause has none', () => {
    expect('cause' in makeError('internal')).toBe(false);
  });

  test('is told by its code', () => {
    const error: unknown = makeError('file');
    expect([isAsideError(error), isAsideError(error, 'file', 'refused'), isAsideError(error, 'refused')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([isAsideError(new Error('x')), isAsideError(undefined), isAsideError({ code: 'file' })]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('narrows to the details of its code', () => {
    const error: unknown = makeError('file');
    if (!isAsideError(error, 'file')) throw new Error('it is one');
    expectTypeOf(error.details).toEqualTypeOf<{ path: string; reason: string }>();
    expectTypeOf(error.code).toEqualTypeOf<'file'>();
  });

  test('takes only the details of its code', () => {
    // @ts-expect-error -- `reason` belongs to `file`, and `refused` has no path
    new AsideError('refused', 'x', { details: { path: '/a', reason: 'x' } });
    // @ts-expect-error -- no such code
    new AsideError('no-such', 'x', { details: {} });
  });
});
