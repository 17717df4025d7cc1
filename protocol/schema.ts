/**
 * Zod as the product uses it, with its functions in place of methods: a process makes some hundred schemas while it
 * starts, a host does so on both of its threads, and with methods that takes twice as long. Schemas of zod itself do
 * as well wherever one is asked for.
 */
import { en } from 'zod/locales';
import * as z from 'zod/mini';

// Says what was expected, as zod does by itself. Whoever has chosen a language keeps it.
if (!z.config().localeError) z.config(en());

export { z };
