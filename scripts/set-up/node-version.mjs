/**
 * Whether a version satisfies a range of the one form that package.json uses: `>=major.minor.patch`.
 * @param {string} version e.g. `20.19.1`, also `22.0.0-nightly…`
 * @param {string} range
 * @returns {boolean}
 */
export function isSupportedNode(version, range) {
  const least = /^>=(\d+)\.(\d+)\.(\d+)$/.exec(range);
  if (least === null) throw new Error(`package.json: engines.node is "${range}", expected ">=major.minor.patch"`);
  const parts = version.split(/[.-]/).map(Number);
  for (let i = 0; i < 3; i++) {
    const difference = (parts[i] ?? 0) - Number(least[i + 1]);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
