import { expect, test } from './fixture.ts';
import { QueueView } from './queue-view.ts';

for (const [width, height] of [
  [400, 800],
  [800, 600],
] as const) {
  test(`without a text, nothing lies over the export queue at ${width} × ${height}`, async ({ aside }) => {
    await aside.page.setViewportSize({ width, height });
    const queue = new QueueView(aside.page);
    await queue.open();
    await queue.add({ name: 'one.txt', text: 'Several.' }); // by its button, which has to take the click
    await expect(queue.row('one.txt')).toBeVisible();
    await queue.button('Start').click();
    await expect(queue.row('one.txt')).toHaveAttribute('data-state', 'done');
  });
}
