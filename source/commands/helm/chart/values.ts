import {copy} from '../../../api/values/plain.js';
import {isMap, setKey} from '../../go-template/go-value.js';
import type {Chart, Dependency, ValueMap} from './chart.js';
import {parseConstraint, parseVersion} from '../sprig/semver.js';

/** Defaults below what is there already: maps are merged, and a null takes a default away. */
function coalesceInto(into: ValueMap, defaults: ValueMap): ValueMap {
	for (const [key, value] of Object.entries(defaults)) {
		if (!Object.hasOwn(into, key)) setKey(into, key, copy(value));
		else if (into[key] === null) delete into[key];
		else if (isMap(into[key]) && isMap(value)) coalesceInto(into[key] as ValueMap, value);
	}

	return into;
}

/** What `.Values` holds: given values over the chart's own, for subcharts too (chartutil.CoalesceValues). */
export function coalesce(chart: Chart, given: ValueMap): ValueMap {
	const values = coalesceInto(copy(given), chart.values);
	for (const sub of chart.dependencies) {
		const {name} = sub.metadata;
		const own = isMap(values[name]) ? (values[name] as ValueMap) : {};
		const globals = isMap(values['global']) ? (values['global'] as ValueMap) : {};
		const inherited = isMap(own['global']) ? (own['global'] as ValueMap) : {};
		setKey(own, 'global', coalesceInto(copy(globals), inherited));
		setKey(values, name, coalesce(sub, own));
	}

	return values;
}

/** Deep merge of value files and `--set`s: the later wins. */
export function overlay(base: ValueMap, over: ValueMap): ValueMap {
	const result = {...base};
	for (const [key, value] of Object.entries(over))
		setKey(result, key, isMap(result[key]) && isMap(value) ? overlay(result[key] as ValueMap, value) : value);
	return result;
}

const pathValue = (values: ValueMap, path: string): unknown =>
	path.split('.').reduce<unknown>((value, key) => (isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined), values);

/** The chart without the dependencies that conditions and tags switch off, under their aliases (chartutil.ProcessDependencies). */
export function enabledParts(chart: Chart, given: ValueMap): Chart {
	const values = coalesce(chart, given);
	const rows = chart.metadata.dependencies ?? [];
	const parts = chart.dependencies.flatMap(sub => {
		const own = rows.filter(row => row.name === sub.metadata.name && fits(row, sub));
		if (own.length === 0) return rows.some(row => row.name === sub.metadata.name) ? [] : [sub];
		return own
			.filter(row => isEnabled(row, values))
			.map(row => ({...sub, metadata: {...sub.metadata, name: row.alias || sub.metadata.name}}));
	});
	const dependencies = parts.map(sub => enabledParts(sub, isMap(values[sub.metadata.name]) ? (values[sub.metadata.name] as ValueMap) : {}));
	return {...chart, dependencies};
}

function fits(row: Dependency, sub: Chart): boolean {
	const test = row.version ? parseConstraint(row.version) : undefined;
	const version = parseVersion(sub.metadata.version);
	return !row.version || test === undefined || version === undefined || test(version);
}

function isEnabled(row: Dependency, values: ValueMap): boolean {
	for (const path of (row.condition ?? '')
		.split(',')
		.map(each => each.trim())
		.filter(Boolean)) {
		const value = pathValue(values, path);
		if (typeof value === 'boolean') return value;
	}

	const tags = isMap(values['tags']) ? (values['tags'] as ValueMap) : {};
	const known = (row.tags ?? []).map(tag => tags[tag]).filter(value => typeof value === 'boolean');
	return known.length === 0 || known.includes(true);
}

/** `import-values` of a parent, which is rare. */
export const importsValues = ({metadata}: Chart): boolean =>
	(metadata.dependencies ?? []).some(row => (row['import-values'] ?? []).length > 0);
