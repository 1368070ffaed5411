/** Why a pattern is no regular expression, in the C library's words. */
export class RegexError extends Error {}

/** Why Go cannot read a pattern, in the words of its regexp package. */
export class Re2Error extends Error {
	constructor(what: string, part: string) {
		super(`error parsing regexp: ${what}: \`${part}\``);
	}
}
