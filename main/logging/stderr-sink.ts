/**
 * Writes lines to stderr; nothing else in main does. A closed stderr (the terminal is gone, `2>&-`, a GUI start on
 * Windows) is ignored: Aside goes on without it.
 */
export function createStderrSink(stream: NodeJS.WritableStream = process.stderr): (line: string) => void {
  let isGone = false;
  stream.on('error', () => {
    isGone = true;
  });
  return (line) => {
    if (!isGone) stream.write(line);
  };
}
