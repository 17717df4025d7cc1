/**
 * One question that only a real Windows can answer, and what was found.
 * @typedef {object} Row
 * @property {number} id
 * @property {string} question
 * @property {string} how it is asked
 * @property {'settled' | 'unsettled' | 'not here'} status `not here`: this machine cannot answer it, and another can
 * @property {string} finding
 * @property {boolean | null} holds whether what Aside relies on is so; null where it relies on neither answer
 * @property {unknown} [data] what the finding is drawn from
 */
/** @typedef {{ finding: string, holds: boolean | null, data?: unknown }} Finding */
/** @typedef {{ id: number, question: string, how: string }} Question */

/** This machine cannot answer the question. */
export class NotHere extends Error {}

/**
 * @param {Question} question
 * @param {() => Finding | Promise<Finding>} answer
 * @returns {Promise<Row>}
 */
export async function settle(question, answer) {
  try {
    return { ...question, status: 'settled', ...(await answer()) };
  } catch (error) {
    const finding = error instanceof Error ? error.message : String(error);
    if (error instanceof NotHere) return { ...question, status: 'not here', finding, holds: null };
    return { ...question, status: 'unsettled', finding, holds: null };
  }
}

/** Whether all is as Aside relies on it, as far as this machine can say. @param {readonly Row[]} rows */
export function isAllWell(rows) {
  return rows.every(({ status, holds }) => status !== 'unsettled' && holds !== false);
}

/**
 * @param {readonly Row[]} rows
 * @param {Record<string, string>} machine
 * @returns {string} Markdown
 */
export function reportOf(rows, machine) {
  const facts = Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`);
  const lines = rows.map(({ id, question, how, status, finding, holds }) => {
    const verdict =
      status !== 'settled' ? status : holds === null ? 'settled' : holds ? 'as relied on' : '**NOT AS RELIED ON**';
    return `| ${[String(id), question, how, verdict, finding].map(cell).join(' | ')} |`;
  });
  return [
    '# What Windows says',
    '',
    ...facts,
    '',
    '| # | Question | How it is asked | Status | Finding |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
