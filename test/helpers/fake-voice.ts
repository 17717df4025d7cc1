import type { Engine } from '../../native-host/engines/engine.ts';
import { render } from '../../native-host/speech/render.ts';
import { checkMessage } from '../../protocol/contract/check-message.ts';
import type { Progress } from '../../protocol/contract/define-contract.ts';
import { type HostContract, hostContract } from '../../protocol/contract/host-contract.ts';
import type { Boundary } from '../../protocol/model/boundary.ts';
import { createFakeEngineCall } from './fake-engine-call.ts';
import type { FakeAnswer } from './fake-pool.ts';
import { stubEngine } from './stub-engine.ts';

/**
 * What a fake pool answers to `utterance.render`: the host's own rendering with a voice that a test can tell the samples
 * of. It says of a word, `boundary`, in each utterance.
 */
export function fakeVoice(
  sampleRateHz: number,
  boundary: Boundary,
  samplesOf: (text: string) => Int16Array,
): FakeAnswer {
  const engine: Engine = {
    ...stubEngine(() => {}),
    sampleRateHz,
    synthesize: ({ text }, sink) => {
      sink.boundary(boundary);
      sink.audio(samplesOf(text));
    },
  };
  return async ({ params, progress }) => {
    const { call } = createFakeEngineCall<Progress<HostContract, 'utterance.render'>>();
    const checked = checkMessage(hostContract.requests['utterance.render'].params, params, 'params');
    const rendered = await render(engine, checked, { ...call, progress });
    progress({ kind: 'written', audioBytes: rendered.audioBytes });
    return rendered;
  };
}
