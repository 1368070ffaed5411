import type {FieldError} from '../../../api/field-error.js';
import {type Condition, routeConditions as say} from '../conditions.js';
import type {Custom, Objects} from '../resources.js';
import {type Backend, buildBackend} from './backends.js';
import {aggregate, wrongFilters, wrongMatches} from './rules.js';

/** A rule that nginx can be told. */
export interface Rule {
	/** Its place in the route. */
	readonly index: number;
	readonly matches: readonly any[];
	readonly filters: readonly any[];
	/** A filter that leads nowhere: all requests get 500. */
	readonly brokenFilter?: boolean;
	readonly backends: readonly Backend[];
}

/** What a parentRef has come to. */
export interface Attachment {
	/** As it is in the status. */
	readonly parent: {readonly namespace: string; readonly name: string; readonly sectionName?: string};
	/** Why it is not attached. */
	readonly failed?: Condition;
	/** Names by listener. */
	readonly hostnames: Readonly<Record<string, readonly string[]>>;
}

export interface Route {
	readonly source: Custom;
	readonly grpc: boolean;
	readonly valid: boolean;
	readonly rules: readonly Rule[];
	readonly conditions: readonly Condition[];
}

export function buildRoute(source: Custom, objects: Objects): Route {
	const grpc = source.kind === 'GRPCRoute';
	const all: readonly any[] = source.spec.rules ?? [];
	const problems: FieldError[] = [];
	const unresolved: string[] = [];
	const rules: Rule[] = [];
	const conditions: Condition[] = [];
	for (const [index, {matches = [], filters = [], backendRefs = []}] of all.entries()) {
		const path = `spec.rules[${index}]`;
		const wrong = [...(grpc ? [] : wrongMatches(matches, path)), ...wrongFilters(filters, path)];
		problems.push(...wrong);
		if (wrong.length > 0) continue;
		const extension = filters.findIndex((each: any) => each.type === 'ExtensionRef');
		if (extension >= 0)
			unresolved.push(`${path}.filters[${extension}].extensionRef: Not found: ${JSON.stringify(filters[extension].extensionRef.name)}`);
		const built = backendRefs.map((each: any, place: number) => buildBackend(source, each, `${path}.backendRefs[${place}]`, objects));
		conditions.push(...built.flatMap(({condition}: any) => condition ?? []));
		rules.push({index, matches, filters, backends: built.map(({backend}: any) => backend), ...(extension >= 0 && {brokenFilter: true})});
	}

	if (unresolved.length > 0) conditions.unshift(say.refs('InvalidFilter', unresolved.join(', ')));
	if (problems.length === 0) return {source, grpc, valid: true, rules, conditions};
	const message = aggregate(problems);
	if (rules.length > 0) return {source, grpc, valid: true, rules, conditions: [say.partial(message), ...conditions]};
	return {source, grpc, valid: false, rules, conditions: [say.unsupported(`All rules are invalid: ${message}`)]};
}
