import {nearest} from '../../checks/nearest.js';
import {isObject, type Mistake, type Path, shown} from '../../checks/validate.js';
import kinds from '../../kinds/index.js';

/** What no object will ever be, whatever a learner does. */
export const objectMistakes = ({kind, namespace, match, yaml}: any, path: Path): Mistake[] => [
	...strangeKind(kind, namespace, path),
	...Object.keys(isObject(match) ? match : {}).flatMap(key => misspelt(key, {path: [...path, 'match', key], atKey: true})),
	...(yaml ? misspelt(yaml.at[0], {path: [...path, 'yaml', 'at', 0]}) : []),
	...['labels', 'annotations'].flatMap(key => notText(match?.metadata?.[key], [...path, 'match', 'metadata', key])),
];

const wordsOf = new Map(
	kinds.flatMap(kind => [kind.kind, kind.plural, kind.singular, ...kind.shortNames].map(word => [word.toLowerCase(), kind] as const)),
);

/** Kinds that a setup defines are the author's; what is all but one of Kubernetes' own is a slip. */
function strangeKind(word: string, namespace: string | undefined, path: Path): Mistake[] {
	const known = wordsOf.get(word.toLowerCase());
	if (known)
		return known.namespaced || namespace === undefined
			? []
			: [{path: [...path, 'namespace'], message: `a ${known.kind} lies in no namespace; take this out`}];
	const near =
		word.length > 3 && !word.includes('.')
			? nearest(
					word,
					[...wordsOf.keys()].filter(each => each.length > 3),
				)
			: undefined;
	return near ? [{path: [...path, 'kind'], message: `there is no kind "${word}"; did you mean "${near}"?`}] : [];
}

const fields = ['metadata', 'spec', 'status', 'data'];

/** A field that is nearly one of those that all objects have would never match. */
function misspelt(key: string, where: Omit<Mistake, 'message'>): Mistake[] {
	const near = fields.includes(key) ? undefined : nearest(key, fields);
	return near ? [{...where, message: `no object has a field "${key}"; did you mean "${near}"?`}] : [];
}

/** Values of labels and annotations are text; a number or a truth value would never be equal to one. */
const notText = (values: unknown, path: Path): Mistake[] =>
	Object.entries(isObject(values) ? values : {}).flatMap(([key, value]) =>
		typeof value === 'string' || value === null
			? []
			: [{path: [...path, key], message: `expected text, as every label and annotation is, found ${shown(value)}; put it in quotes`}],
	);
