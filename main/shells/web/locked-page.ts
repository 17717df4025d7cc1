/** Shown to a browser that comes without a cookie, or with a token that is spent or wrong. */
export function lockedPage(nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Aside is locked</title>
<style nonce="${nonce}">
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; }
</style>
</head>
<body>
<main>
<h1>This address does not open Aside</h1>
<p>Aside opens with an address that works once, in one browser, so that nobody else on this computer or on the web can
read what you have written.</p>
<ul>
<li>If Aside is already open in this browser, go to that tab.</li>
<li>Otherwise start Aside again; it opens with a new address.</li>
<li>If you followed a link to get here, copy the address that Aside printed into the address bar instead.</li>
</ul>
</main>
</body>
</html>
`;
}
