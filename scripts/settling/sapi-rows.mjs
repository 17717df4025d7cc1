import { NotHere, settle } from './row.mjs';

/** @typedef {import('./probe.mjs').ProbeAnswers} ProbeAnswers */
/** @typedef {import('./probe.mjs').Speech} Speech */
/** @typedef {import('./row.mjs').Finding} Finding */

/** Of the texts that the probe speaks, without their markup. */
const WORDS = {
  plain: ['Seven', 'ordinary', 'listeners', 'gathered', 'quietly', 'The', 'harbour', 'was', 'bright', 'at', 'six'],
  ssml: ['Seven', 'ordinary', 'quiet', 'listeners'],
  sapiXml: ['Seven', 'ordinary', 'quiet', 'listeners'],
};
const ROUTES = /** @type {const} */ (['audio', 'stream']);
const SIZES = { SPEVENT: 32, SPVOICESTATUS: 52, WAVEFORMATEX: 18 };
/** A stop must not take longer than this by far: the bar is 60 ms for all of it. */
const PURGE_BAR_MS = 60;

/**
 * The rows that are about SAPI itself.
 * @param {ProbeAnswers} probe
 */
export function settleSapi(probe) {
  return Promise.all([
    settle(
      { id: 1, question: 'Does a real SAPI speak through our COM declarations?', how: 'probe: each route speaks' },
      () => speaks(probe),
    ),
    settle(
      { id: 2, question: 'Which route brings the word events?', how: 'probe: words of the text against word events' },
      () => wordEvents(probe),
    ),
    settle(
      { id: 3, question: 'Does a wait reset the notify handle?', how: 'probe: a second wait, with nothing to fetch' },
      () => notifyHandle(probe),
    ),
    settle(
      { id: 4, question: 'How often do START and END come for one Speak?', how: 'probe: raw events of two utterances' },
      () => startsAndEnds(probe),
    ),
    settle(
      {
        id: 5,
        question: 'Does WaitUntilDone(0) tell the truth with PCM output?',
        how: 'probe: its time against END and the last Write',
      },
      () => done(probe),
    ),
    settle(
      {
        id: 6,
        question: 'How long does a purge take while Write is blocked?',
        how: 'probe: 10 purges on each route, gate opened first',
      },
      () => purges(probe),
    ),
    settle(
      {
        id: 7,
        question: 'Do positions count markup, and do visemes come?',
        how: 'probe: what stands at each position, SSML and SAPI XML',
      },
      () => positions(probe),
    ),
    settle(
      {
        id: 8,
        question: 'Do OneCore tokens speak through SAPI? Which voices are 32-bit only?',
        how: 'probe: each of them speaks',
      },
      () => otherVoices(probe),
    ),
  ]);
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function speaks(probe) {
  const voices = given(probe.voices).filter(({ source }) => source === 'sapi');
  const bytes = ROUTES.map((route) => given(given(probe[route]).plain).audioBytes);
  const sizes = JSON.stringify(probe.layout) === JSON.stringify(SIZES);
  return {
    finding: `${voices.length} SAPI voices; ${ROUTES.map((route, i) => `${route}: ${bytes[i]} bytes`).join(', ')}; structures ${sizes ? 'as declared' : JSON.stringify(probe.layout)}`,
    holds: voices.length > 0 && bytes.every((count) => count > 0) && sizes,
    data: { voices: given(probe.voices), layout: probe.layout, clr: probe.clr },
  };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function wordEvents(probe) {
  const counts = ROUTES.map((route) => eventsOf(given(given(probe[route]).plain), 'word').length);
  const wanted = WORDS.plain.length;
  return {
    finding: `of ${wanted} words: ${ROUTES.map((route, i) => `${route} ${counts[i]}`).join(', ')}`,
    holds: counts[0] === wanted, // the route that Aside takes
    data: Object.fromEntries(ROUTES.map((route) => [route, given(probe[route]).plain])),
  };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function notifyHandle(probe) {
  const { wakes, idleWakes, staysSignalled } = given(given(probe.audio).plain);
  const kind = staysSignalled > wakes / 2 ? 'manual reset' : 'auto reset';
  const finding = `${kind}: of ${wakes} wakes ${idleWakes} had nothing to fetch, ${staysSignalled} stayed signalled`;
  return { finding, holds: null };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function startsAndEnds(probe) {
  const counts = ROUTES.flatMap((route) =>
    /** @type {const} */ (['plain', 'again']).map((which) => {
      const speech = given(given(probe[route])[which]);
      return `${route} ${eventsOf(speech, 'start').length}/${eventsOf(speech, 'end').length}`;
    }),
  );
  return { finding: `START/END: ${counts.join(', ')}`, holds: counts.every((count) => !count.endsWith('/0')) };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function done(probe) {
  const times = ROUTES.map((route) => {
    const { endMs, doneMs, lastWriteMs } = given(given(probe[route]).plain);
    return { route, endMs, doneMs, lastWriteMs };
  });
  const isTrue = times.every(({ doneMs, lastWriteMs }) => doneMs >= lastWriteMs);
  const ms = times.map(
    (t) => `${t.route}: last Write ${round(t.lastWriteMs)}, END ${round(t.endMs)}, done ${round(t.doneMs)} ms`,
  );
  return {
    finding: `${isTrue ? 'never before the last Write' : 'BEFORE the last Write'}; ${ms.join('; ')}`,
    holds: isTrue,
  };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function purges(probe) {
  const found = ROUTES.map((route) => ({ route, ms: given(given(probe[route]).purgesMs) }));
  const never = found.flatMap(({ ms }) => ms).filter((each) => each < 0).length;
  const worst = Math.max(...found.flatMap(({ ms }) => ms));
  const finding = found.map(({ route, ms }) => `${route}: max ${round(Math.max(...ms))} ms`).join(', ');
  return {
    finding: `${finding}${never > 0 ? `; ${never} times Write was never blocked` : ''}. A device needs a person`,
    holds: never === 0 && worst <= PURGE_BAR_MS,
    data: found,
  };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function positions(probe) {
  const route = given(probe.audio);
  const wrong = /** @type {const} */ (['plain', 'ssml', 'sapiXml']).flatMap((which) => {
    const said = eventsOf(given(route[which]), 'word').map(({ says }) => says);
    return JSON.stringify(said) === JSON.stringify(WORDS[which]) ? [] : [`${which}: ${said.join(' ')}`];
  });
  const marks = [given(route.ssml), given(route.sapiXml)].map((speech) => eventsOf(speech, 'bookmark').length);
  const visemes = eventsOf(given(route.plain), 'viseme').length;
  const where =
    wrong.length === 0 ? 'every word event points at its word, markup counted' : `WRONG WORDS: ${wrong.join('; ')}`;
  return {
    finding: `${where}; bookmarks ssml ${marks[0]}, SAPI XML ${marks[1]}; ${visemes} visemes`,
    holds: wrong.length === 0,
    data: { ssml: route.ssml, sapiXml: route.sapiXml },
  };
}

/** @param {ProbeAnswers} probe @returns {Finding} */
function otherVoices(probe) {
  const oneCore = given(probe.oneCore);
  const only32 = given(probe.voices).filter(({ source }) => source === '32-bit');
  if (oneCore.length === 0 && only32.length === 0) throw new NotHere('this Windows has neither');
  const spoke = oneCore.filter(({ speech }) => typeof speech === 'number' && speech > 0);
  const failed = oneCore.flatMap(({ id, speech }) => (typeof speech === 'object' ? [`${id}: ${speech.failed}`] : []));
  return {
    finding: `OneCore: ${spoke.length} of ${oneCore.length} speak${failed.length > 0 ? ` (${failed.join('; ')})` : ''}; 32-bit only: ${only32.map(({ name }) => name).join(', ') || 'none'}`,
    holds: null,
    data: { oneCore, only32 },
  };
}

/** @param {Speech} speech @param {string} kind */
function eventsOf(speech, kind) {
  return speech.events.filter((event) => event.kind === kind);
}

/**
 * @template T
 * @param {T | { failed: string, message: string }} answer
 * @returns {T}
 */
function given(answer) {
  if (typeof answer === 'object' && answer !== null && 'failed' in answer)
    throw new Error(`${answer.failed}: ${answer.message}`);
  return /** @type {T} */ (answer);
}

/** @param {number} ms */
function round(ms) {
  return Math.round(ms * 10) / 10;
}
