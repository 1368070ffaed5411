/** Traps that a function or a subshell has only with `set -E` or `set -T`. */
const inherited = {ERR: 'errtrace', DEBUG: 'functrace', RETURN: 'functrace'} as const;

export const isInherited = (name: string, options: ReadonlySet<string>): boolean =>
	Object.hasOwn(inherited, name) && options.has(inherited[name as keyof typeof inherited]);

/** Takes away what a function does not inherit; what is answered gives it back, unless it was set meanwhile. */
export function hideTraps(traps: Map<string, string>, options: ReadonlySet<string>): () => void {
	const hidden = [...traps].filter(([name]) => Object.hasOwn(inherited, name) && !isInherited(name, options));
	for (const [name] of hidden) traps.delete(name);
	return () => {
		for (const [name, action] of hidden) if (!traps.has(name)) traps.set(name, action);
	};
}
