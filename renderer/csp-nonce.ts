/**
 * The nonce with which this page was served; style elements made at run time carry it, or the content security policy
 * ignores them. Empty where the page is served without a policy. Browsers hide the attribute, not the property.
 */
export function readCspNonce(document: Document): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
