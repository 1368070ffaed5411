import {globalFlags} from './flags/flag.js';
import {commandWordAt} from './flags/parse.js';
import {verbs} from './index.js';
import type {Verb} from './verb.js';

/** The root stands for kubectl itself, so that help and errors need no second path. */
export const rootVerb: Verb = {name: 'kubectl', summary: 'kubectl controls the Kubernetes cluster manager.', flags: [], verbs};

export interface Found {
	readonly verb: Verb;
	readonly path: string;
	/** What is left of the words once the verbs are taken out. */
	readonly rest: readonly string[];
	readonly parents: readonly Verb[];
}

/** Walks down the tree of verbs as cobra does: flags may stand anywhere. */
export function findVerb(words: readonly string[]): Found {
	let verb = rootVerb;
	let path = 'kubectl';
	let rest = [...words];
	const parents: Verb[] = [];
	for (;;) {
		const at = commandWordAt(rest, 0, [...globalFlags, ...verb.flags]);
		const word = at === -1 ? undefined : rest[at]!;
		const child =
			word === undefined ? undefined : verb.verbs?.find(candidate => candidate.name === word || candidate.aliases?.includes(word));
		if (!child) return {verb, path, rest, parents};
		parents.push(verb);
		rest = [...rest.slice(0, at), ...rest.slice(at + 1)];
		verb = child;
		path = `${path} ${child.name}`;
	}
}
