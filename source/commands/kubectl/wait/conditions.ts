import type {KubeObject} from '../../../api/object.js';
import {failure} from '../failure.js';
import {jsonPath, relaxed} from '../output/jsonpath.js';
import {textOf} from '../output/jsonpath-evaluate.js';

export interface Condition {
	readonly kind: 'delete' | 'create' | 'state';
	holds(object: KubeObject): boolean;
}

/** What `--for` asks: `delete`, `create`, `condition=Ready[=False]`, `jsonpath='{.a}'[=b]`. */
export function conditionFor(text: string): Condition {
	const lower = text.toLowerCase();
	if (lower === 'delete' || lower === 'create') return {kind: lower, holds: () => true};
	if (text.startsWith('condition=')) return statusCondition(text.slice('condition='.length));
	if (text.startsWith('jsonpath=')) return pathCondition(text.slice('jsonpath='.length));
	throw failure(`unrecognized condition: ${JSON.stringify(text)}`);
}

function statusCondition(text: string): Condition {
	const equals = text.indexOf('=');
	const [name, value] = equals === -1 ? [text, 'true'] : [text.slice(0, equals), text.slice(equals + 1)];
	return {
		kind: 'state',
		holds(object) {
			const {generation} = object.metadata;
			const condition = (object['status']?.conditions ?? []).find((one: {type: string}) => one.type.toLowerCase() === name.toLowerCase());
			if (!condition) return false;
			const observed = condition.observedGeneration ?? object['status']?.observedGeneration;
			if (observed !== undefined && generation !== undefined && observed < generation) return false;
			return String(condition.status).toLowerCase() === value.toLowerCase();
		},
	};
}

function pathCondition(text: string): Condition {
	const parts = splitAtSingleEquals(text);
	if (parts.length > 2)
		throw failure("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'");
	const expression = worded(() => relaxed(parts[0]!));
	const wanted = parts[1]?.replace(/^['"]+|['"]+$/g, '');
	if (wanted === '') throw failure("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
	if (expression === '') throw failure('jsonpath expression cannot be empty');
	const path = worded(() => jsonPath(expression, {allowMissingKeys: true}));
	return {
		kind: 'state',
		holds(object) {
			const results = path.find(object);
			const values = results[0] ?? [];
			if (values.length === 0) return false;
			if (wanted === undefined) return true;
			if (values.length > 1) throw failure('given jsonpath expression matches more than one value');
			if (typeof values[0] === 'object' && values[0] !== null)
				throw failure('jsonpath leads to a nested object or list which is not supported');
			return textOf(values[0]) === wanted;
		},
	};
}

/** What a parser of paths throws, as kubectl's own error. */
function worded<T>(parse: () => T): T {
	try {
		return parse();
	} catch (error) {
		throw failure((error as Error).message);
	}
}

/** An `=` parts the path from the value; the `==` of filters part nothing (splitJSONPathInput). */
const splitAtSingleEquals = (text: string): string[] => text.split(/(?<=(?<!=)(?:==)*)=(?!=)/);
