import { rolldown } from 'rolldown';

/** Makes one plain JavaScript file of a TypeScript program, so that a child process can run it. */
export async function bundleProgram(inputPath: string, outputPath: string): Promise<void> {
  const bundle = await rolldown({ input: inputPath, platform: 'node', external: [/^node:/] });
  await bundle.write({ file: outputPath, format: 'esm', codeSplitting: false });
  await bundle.close();
}
