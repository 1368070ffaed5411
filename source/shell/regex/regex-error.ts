/** Why a pattern is no regular expression, in the C library's words. */
export class RegexError extends Error {}
