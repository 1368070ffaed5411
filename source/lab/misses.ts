export const missesLine = /^#\s*misses:\s*(.*)$/m;

/** The objectives that a wrong answer says it must miss. */
export const missesOf = (text: string): string[] => (missesLine.exec(text)?.[1] ?? '').split(/[\s,]+/).filter(Boolean);
