/** What a terminal needs after anything: ends a frame cut short, drops colours, shows the cursor. */
export const restore = '\u001b[?2026l\u001b[?2004l\u001b[?7h\u001b[0m\u001b[?25h\u001b[?1049l';
