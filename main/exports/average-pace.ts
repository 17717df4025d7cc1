/** What an average voice needs for a character at rate 1. */
export const AVERAGE_MS_PER_CHAR = 62;
