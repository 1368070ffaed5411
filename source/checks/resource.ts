import {parse} from 'yaml';
import {groupResource} from '../api/kind.js';
import type {KubeObject} from '../api/object.js';
import type {Check, Finding} from './check.js';
import {celDifference, celWanted} from './cel.js';
import {type Count, countFits, countShape, countText} from './count.js';
import {difference} from './match.js';
import {anything, flag, list, map, object, objectName, optional, required, text} from './shape.js';
import {wantedParts, wantedText} from './wanted.js';

export interface ResourceParams {
	readonly kind: string;
	readonly namespace?: string;
	readonly name?: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly match?: unknown;
	readonly cel?: string;
	readonly yaml?: {readonly at: readonly string[]; readonly match: unknown};
	readonly condition?: {readonly type: string; readonly status?: string};
	readonly count?: Count;
	readonly absent?: boolean;
}

/** Objects of the API: one that looks so, or so many of them, or none. */
const check: Check<ResourceParams> = {
	name: 'resource',
	params: object('objects of the Kubernetes API', {
		kind: required(
			text('kind, plural or short name, e.g. `deploy`', {pattern: /^[a-z][\w.-]*$/i, patternHelp: 'a kind such as deploy or ingresses'}),
		),
		namespace: optional(objectName('namespace; default when absent')),
		name: optional(objectName('name of one object')),
		labels: optional(map('labels it carries', text('label value'))),
		match: optional(map('partial object that it must contain', anything('what stands there'))),
		cel: optional(text('CEL expression that must be true of it, as `object.spec.replicas >= 3`')),
		yaml: optional(
			object('YAML text inside the object, e.g. in a ConfigMap', {
				at: required(list('keys that lead to the text', text('key'), 1)),
				match: required(anything('partial document that it must contain')),
			}),
		),
		condition: optional(
			object('a status condition', {
				type: required(text('e.g. `Ready`')),
				status: optional(text('True when absent', {oneOf: ['True', 'False', 'Unknown']})),
			}),
		),
		count: optional(countShape('how many')),
		absent: optional(flag('true when none may exist')),
	}),
	run(params, {world, title}) {
		const kind = world.api.findKind(params.kind);
		if (!kind) return findingOf(params, undefined, title);
		const resource = groupResource(kind);
		const objects = world.api.reader.list(resource, kind.namespaced ? {namespace: params.namespace ?? 'default'} : {});
		const elsewhere = () => world.api.reader.list(resource).find(each => each.metadata.name === params.name)?.metadata.namespace;
		return findingOf(params, {objects, namespaced: Boolean(kind.namespaced), elsewhere}, title);
	},
};
export default check;

export interface Candidates {
	/** Of the kind and the namespace asked for. */
	readonly objects: readonly KubeObject[];
	readonly namespaced: boolean;
	/** Another namespace where one of the wanted name is. */
	elsewhere?(): string | undefined;
}

/** The same answer for any cluster that can list objects. No candidates: the cluster does not know the kind. */
export function findingOf(params: ResourceParams, candidatesFound: Candidates | undefined, title?: string): Finding {
	const namespace = params.namespace ?? 'default';
	const what = [params.kind, params.name].filter(Boolean).join('/');
	const flags = candidatesFound?.namespaced === false ? '' : ` -n ${namespace}`;
	const selected = params.name === undefined && params.labels ? ` -l ${selectorText(params.labels)}` : '';
	const form = params.match || params.cel || params.yaml ? ' -o yaml' : params.labels && !selected ? ' --show-labels' : '';
	const look = `kubectl${flags} get ${params.kind}${params.name ? ` ${params.name}` : ''}${selected}${form}`;
	const wanted = expectations(params, what, title);
	const missing = params.absent ? wanted.join(', ') : `${what} to exist`;
	if (!candidatesFound)
		return {
			passed: params.absent === true,
			found: `the cluster knows no "${params.kind}"`,
			expected: missing,
			look: 'kubectl api-resources',
		};
	const candidates = candidatesFound.objects.filter(each =>
		params.name === undefined ? hasLabels(each, params.labels) : each.metadata.name === params.name,
	);
	const differences = candidates.map(each => wrong(each, params, title));
	const fitting = differences.filter(each => each === undefined).length;
	const passed = enough(fitting, params);
	if (candidates.length > 0)
		return {
			passed,
			found: foundText(what, candidates, differences, params),
			expected: narrowed(
				wanted,
				candidates.length === 1 ? differences[0] : undefined,
				fitting === candidates.length ? params.count : undefined,
			),
			look,
		};
	const where = params.name === undefined ? undefined : candidatesFound.elsewhere?.();
	const found = where ? `${what} does not exist in namespace ${namespace}, but in ${where}` : `${what}${selected} does not exist`;
	return {passed, found, expected: params.name === undefined ? wanted.join(', ') : missing, look};
}

/** Of all that is asked of one object, what the field that is wrong should be. */
function narrowed(wanted: readonly string[], difference: string | undefined, count: Count | undefined): string {
	if (count !== undefined) return `${countText(count)} of them`;
	const field = /^(?:no entry of |condition )?(\S+)/.exec(difference ?? '')?.[1]?.replaceAll(/\[\d+\]/g, '[]');
	const parts = field ? wanted.filter(part => part.replace(/^(no|condition) /, '').startsWith(field)) : [];
	return (parts.length > 0 ? parts : wanted).join(', ');
}

const hasLabels = ({metadata}: KubeObject, labels: ResourceParams['labels'] = {}) =>
	Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);

export const selectorText = (labels: Readonly<Record<string, string>>) =>
	Object.entries(labels)
		.map(([key, value]) => `${key}=${value}`)
		.join(',');

function wrong(
	candidate: KubeObject,
	{labels, match, cel, yaml, condition}: ResourceParams,
	title: string | undefined,
): string | undefined {
	return (
		difference(candidate, labels ? {metadata: {labels}} : {}, '', title) ??
		difference(candidate, match ?? {}, '', title) ??
		(cel === undefined ? undefined : celDifference(candidate, cel)) ??
		wrongYaml(candidate, yaml, title) ??
		wrongCondition(candidate, condition)
	);
}

function wrongYaml(candidate: KubeObject, yaml: ResourceParams['yaml'], title: string | undefined): string | undefined {
	if (!yaml) return undefined;
	const place = yaml.at.join('.');
	const source = yaml.at.reduce<any>((value, key) => value?.[key], candidate);
	if (typeof source !== 'string') return `${place} is not there`;
	try {
		const inside = difference(parse(source, {maxAliasCount: 100}), yaml.match, '', title);
		return inside && `${inside} (in ${place})`;
	} catch (error) {
		return `${place} is not valid YAML: ${(error as Error).message.split('\n')[0]}`;
	}
}

function wrongCondition(candidate: KubeObject, condition: ResourceParams['condition']): string | undefined {
	if (!condition) return undefined;
	const found = candidate['status']?.conditions?.find((each: {type: string}) => each.type === condition.type);
	return found?.status === (condition.status ?? 'True') ? undefined : `condition ${condition.type} is ${found?.status ?? 'not set'}`;
}

function enough(fitting: number, {absent, count}: ResourceParams): boolean {
	if (absent) return fitting === 0;
	return count === undefined ? fitting > 0 : countFits(fitting, count);
}

function foundText(
	what: string,
	candidates: readonly KubeObject[],
	differences: ReadonlyArray<string | undefined>,
	params: ResourceParams,
): string {
	if (candidates.length === 1)
		return `${what}: ${differences[0] ?? (params.absent ? 'it is there' : params.count === undefined ? `it has ${expectations(params, what).join(', ')}` : 'there is 1')}`;
	const at = differences.findIndex(each => each !== undefined);
	if (at < 0) return `${what}: there are ${candidates.length}`;
	const fitting = differences.filter(each => each === undefined).length;
	return `${what}: ${fitting} of ${candidates.length} fit (${candidates[at]!.metadata.name}: ${differences[at]})`;
}

function expectations(params: ResourceParams, what: string, title?: string): string[] {
	if (params.absent) return [`no such ${what}`];
	const {name, labels, match, cel, yaml, condition, count} = params;
	const parts = [
		...(name !== undefined && labels ? wantedParts({metadata: {labels}}, title) : []),
		...(match === undefined ? [] : wantedParts(match, title)),
		...(cel === undefined ? [] : celWanted(cel)),
		...(yaml ? [`${wantedText(yaml.match, title)} in ${yaml.at.join('.')}`] : []),
		...(condition ? [`condition ${condition.type}=${condition.status ?? 'True'}`] : []),
		...(count === undefined ? [] : [`${countText(count)} of them`]),
	];
	return parts.length > 0 ? parts : [`${what} to exist`];
}
