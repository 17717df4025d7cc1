/**
 * Makes happy-dom behave like a browser where it matters to Fluent UI and CodeMirror. To be imported before the page.
 *
 * - It tells of a changed selection from within the change; browsers do it later, and CodeMirror relies on that.
 * - It rejects `finished` of a cancelled animation even when nobody asked for it; without `animate` Fluent does not move.
 */
const dispatch = document.dispatchEvent.bind(document);
document.dispatchEvent = (event) => (event.type === 'selectionchange' ? true : dispatch(event));

Reflect.deleteProperty(Element.prototype, 'animate');
