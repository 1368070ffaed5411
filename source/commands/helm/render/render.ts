import {copy} from '../../../api/values/plain.js';
import type {Random} from '../../../sim/random.js';
import type {GoFunction} from '../../go-template/functions.js';
import {isMap, isNil, ownValue, setKey} from '../../go-template/go-value.js';
import {TemplateSet} from '../../go-template/template.js';
import {type Chart, isLibrary, type ValueMap} from '../chart/chart.js';
import {HelmError, helmError} from '../failure.js';
import {sprig} from '../sprig/sprig.js';
import {type Capabilities, capabilitiesStruct, chartStruct, filesStruct} from './objects.js';

export interface ReleaseFacts {
	readonly name: string;
	readonly namespace: string;
	readonly revision: number;
	readonly isUpgrade: boolean;
}

export interface RenderOptions {
	/** Already coalesced. */
	readonly values: ValueMap;
	readonly release: ReleaseFacts;
	readonly capabilities: Capabilities;
	readonly nowMs: number;
	readonly random: Random;
	/** Objects of the cluster; absent: `lookup` finds nothing. */
	lookup?(apiVersion: string, kind: string, namespace: string, name: string): unknown;
	/** `helm lint`: `required` and `fail` do not end it. */
	readonly lint?: boolean;
}

interface Piece {
	readonly name: string;
	readonly text: string;
	readonly data: ValueMap;
}

/** Includes that stand in each other. */
const nestingMax = 1000;

/** All templates of a chart and of its dependencies: text by name (`web/templates/service.yaml`). Models helm/pkg/engine. */
export function renderChart(chart: Chart, options: RenderOptions): ReadonlyMap<string, string> {
	const pieces = piecesOf(chart, chart.metadata.name, options.values, options, true).sort(deepestFirst);
	const set = new TemplateSet(new Map(sprig(options.nowMs, options.random)), 'zero');
	const functions = set.functions as Map<string, GoFunction>;
	for (const [name, run] of Object.entries(chartFunctions(set, options))) functions.set(name, run);
	for (const {name, text} of pieces) {
		try {
			set.parse(name, text);
		} catch (error) {
			throw parseFailure(name, error as Error);
		}
	}

	const rendered = new Map<string, string>();
	for (const {name, data} of pieces) {
		if (name.slice(name.lastIndexOf('/') + 1).startsWith('_')) continue;
		try {
			rendered.set(name, set.execute(name, data).replaceAll('<no value>', ''));
		} catch (error) {
			throw executionFailure(name, error as Error);
		}
	}

	return rendered;
}

const depthOf = (name: string) => name.split('/').length;
/** Outer charts are parsed last, so that their definitions count. */
const deepestFirst = (a: Piece, b: Piece): number => depthOf(b.name) - depthOf(a.name) || (a.name < b.name ? 1 : a.name > b.name ? -1 : 0);

function piecesOf(chart: Chart, path: string, values: ValueMap, options: RenderOptions, isRoot: boolean): Piece[] {
	const {release} = options;
	const below: ValueMap = {};
	const pieces: Piece[] = [];
	const data: ValueMap = {
		Chart: chartStruct(chart, isRoot),
		Files: filesStruct(chart.files),
		Release: {
			Name: release.name,
			Namespace: release.namespace,
			Revision: BigInt(release.revision),
			Service: 'Helm',
			IsInstall: !release.isUpgrade,
			IsUpgrade: release.isUpgrade,
		},
		Capabilities: capabilitiesStruct(options.capabilities),
		Values: values,
		Subcharts: below,
	};
	for (const sub of chart.dependencies) {
		const {name} = sub.metadata;
		const own = ownValue(values, name);
		const inner = piecesOf(sub, `${path}/charts/${name}`, isMap(own) ? own : {}, options, false);
		if (inner[0]) setKey(below, name, inner[0].data);
		pieces.push(...inner);
	}

	for (const {name, text} of chart.templates) {
		if (isLibrary(chart) && !name.slice(name.lastIndexOf('/') + 1).startsWith('_')) continue;
		const full = `${path}/${name}`;
		pieces.push({name: full, text, data: {...data, Template: {Name: full, BasePath: `${path}/templates`}}});
	}

	return pieces;
}

/** `include`, `tpl`, `required`, `fail` and `lookup`: what needs the set of templates or the cluster. */
function chartFunctions(set: TemplateSet, {lookup, lint}: RenderOptions): Record<string, GoFunction> {
	const counts = new Map<string, number>();
	const include = (within: TemplateSet, name: string, data: unknown): string => {
		const count = counts.get(name) ?? 0;
		if (count >= nestingMax) throw nestedTooDeep(name);
		counts.set(name, count + 1);
		try {
			if (!within.find(name)) throw new Error(`template: no template ${JSON.stringify(name)} associated with template "gotpl"`);
			return within.execute(name, data);
		} catch (error) {
			if (error instanceof RangeError) throw nestedTooDeep(name);
			throw error;
		} finally {
			counts.set(name, count);
		}
	};

	const tpl = (within: TemplateSet, text: string, data: unknown): string => {
		const functions = new Map(within.functions);
		const inner = within.clone(functions);
		functions.set('include', ['sa', (name: string, value: unknown) => include(inner, name, value)]);
		functions.set('tpl', ['sa', (more: string, value: unknown) => tpl(inner, more, value)]);
		const name = isMap(data) && isMap(data['Template']) ? String(data['Template']['Name'] ?? 'gotpl') : 'gotpl';
		try {
			inner.parse(name, text);
		} catch (error) {
			throw new Error(`cannot parse template ${JSON.stringify(text)}: ${(error as Error).message}`);
		}

		try {
			return inner.execute(name, data).replaceAll('<no value>', '');
		} catch (error) {
			throw new Error(`error during tpl function execution for ${JSON.stringify(text)}: ${(error as Error).message}`);
		}
	};

	const required = (warning: string, value: unknown): unknown => {
		if (!isNil(value) && value !== '') return value;
		if (lint) return '';
		throw new Error(`HELM_ERR_START${warning}HELM_ERR_END`);
	};

	return {
		include: ['sa', (name: string, data: unknown) => include(set, name, data)],
		tpl: ['sa', (text: string, data: unknown) => tpl(set, text, data)],
		required: ['sa', required],
		...(lint && {fail: ['s', () => ''] as const}),
		lookup: [
			'ssss',
			(apiVersion: string, kind: string, namespace: string, name: string) => copy(lookup?.(apiVersion, kind, namespace, name) ?? {}),
		],
	};
}

const nestedTooDeep = (name: string) => new Error(`rendering template has a nested reference name: ${name}: unable to execute template`);

function parseFailure(name: string, {message}: Error): HelmError {
	const parts = message.split(': ');
	return helmError(parts.length === 1 ? `parse error in (${name}): ${message}` : `parse error at (${parts[1]}): ${parts.at(-1)}`);
}

function executionFailure(name: string, error: Error): HelmError {
	const {message} = error;
	if (message.includes('kubelab: not simulated:')) return new HelmError(message.slice(message.indexOf('kubelab:')), 125);
	if (error instanceof RangeError) return helmError(nestedTooDeep(name).message);
	const own = /HELM_ERR_START([\s\S]*)HELM_ERR_END/.exec(message)?.[1];
	const location = /^template: (.*?): /s.exec(message)?.[1];
	if (own !== undefined) return helmError(`execution error at (${location ?? name}): ${own}`);
	return helmError(message);
}
