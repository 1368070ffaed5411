import type {Kind} from '../../api/kind.js';
import {column, nameColumn} from '../cells.js';

const usageOf = ({usage, containers}: any, resource: string): string => {
	const parts: string[] = usage ? [usage[resource]] : (containers ?? []).map((each: any) => each.usage?.[resource]);
	return parts.length === 1
		? parts[0]!
		: `${parts.reduce((sum, each) => sum + Number.parseInt(each ?? '0', 10), 0)}${/[a-zA-Z]+$/.exec(parts[0] ?? '')?.[0] ?? ''}`;
};

const metrics = (kind: string, plural: string, namespaced: boolean): Kind => ({
	kind,
	group: 'metrics.k8s.io',
	version: 'v1beta1',
	plural,
	singular: '',
	shortNames: [],
	namespaced,
	verbs: ['get', 'list'],
	schema: '',
	columns: [
		nameColumn,
		column('cpu', object => usageOf(object, 'cpu')),
		column('memory', object => usageOf(object, 'memory')),
		column('Window', ({window}) => window ?? ''),
	],
});

const known: readonly Kind[] = [metrics('NodeMetrics', 'nodes', false), metrics('PodMetrics', 'pods', true)];

/** What the extension API servers of the catalogue serve. */
export const aggregatedKinds = (group: string, version: string): readonly Kind[] =>
	known.filter(kind => kind.group === group && kind.version === version);
