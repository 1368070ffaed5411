/** Whether a host of a rule is that of a request: none is any; `*.` stands for one label in an Ingress, for some in a route of a Gateway. */
export const hostFits = (host: string, asked: string, labels: 'one' | 'some'): boolean =>
	host === '' ||
	host === asked ||
	(host.startsWith('*.') && (labels === 'some' ? asked.endsWith(host.slice(1)) : asked.replace(/^[^.]+/, '*') === host));

export interface PathRule {
	readonly path: string;
	readonly exact: boolean;
	/** The path is a regular expression. */
	readonly pattern?: RegExp;
}

/** Whole elements count: `/foo` is above `/foo/bar`, not above `/foobar`. */
export const pathFits = ({path, exact, pattern}: PathRule, asked: string): boolean =>
	pattern ? pattern.test(asked) : asked === path || (!exact && asked.startsWith(path.endsWith('/') ? path : `${path}/`));

/** Of all rules that fit, the one that wins: the longest path, and of one length the exact one. */
export const bestPath = <R extends PathRule>(rules: readonly R[], asked: string): R | undefined =>
	rules
		.filter(rule => pathFits(rule, asked))
		.sort((one, other) => other.path.length - one.path.length || Number(other.exact) - Number(one.exact))[0];
