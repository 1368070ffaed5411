import {failure} from '../failure.js';
import {pathParts, placesAt} from './field-path.js';
import {goesBy, groupOf, type Resource} from './resource.js';

/** `vars`: what `$(NAME)` stands for where a program's words are. */
export interface Variable {
	readonly name: string;
	readonly objref: {readonly kind?: string; readonly name?: string; readonly apiVersion?: string; readonly namespace?: string};
	readonly fieldref?: {readonly fieldpath?: string};
}

/** Fields in which they are looked for (api/internal/konfig/builtinpluginconsts/varreference.go), by the name and what holds it. */
const places =
	/(?:\/(?:args|command)\/\d+|\/env\/\d+\/value|\/volumeMounts\/\d+\/(?:mountPath|subPath)|\/(?:httpGet|tcpSocket)\/(?:path|port|host)|^\/metadata\/(?:annotations|labels)\/.*|^\/spec\/(?:rules|tls)\/.*)$/;
const dataOfMap = /^\/data\//;

/** Returns the names of those that nothing asked for. */
export function replaceVariables(resources: readonly Resource[], variables: readonly Variable[]): string[] {
	const values = new Map(variables.map(each => [each.name, read(resources, each)]));
	const used = new Set<string>();
	const filled = (text: string): unknown => {
		const whole = /^\$\(([-\w.]+)\)$/.exec(text)?.[1];
		if (whole !== undefined && values.has(whole)) {
			used.add(whole);
			return values.get(whole);
		}

		return text.replace(/\$\$|\$\(([-\w.]+)\)/g, (all, name?: string) => {
			if (name === undefined || !values.has(name)) return all;
			used.add(name);
			return String(values.get(name));
		});
	};

	const walk = (holder: any, path: string, wanted: (path: string) => boolean): void => {
		for (const [key, value] of Object.entries(holder)) {
			const here = `${path}/${key}`;
			if (typeof value === 'string' && wanted(here)) holder[key] = filled(value);
			else if (typeof value === 'object' && value !== null) walk(value, here, wanted);
		}
	};
	for (const {object} of resources) walk(object, '', path => places.test(path) || (object.kind === 'ConfigMap' && dataOfMap.test(path)));
	return variables.map(({name}) => name).filter(name => !used.has(name));
}

function read(resources: readonly Resource[], {name, objref, fieldref}: Variable): unknown {
	const path = fieldref?.fieldpath ?? 'metadata.name';
	const [group, version] = (objref.apiVersion ?? '').includes('/') ? objref.apiVersion!.split('/') : ['', objref.apiVersion ?? ''];
	const found = resources.find(
		each => each.object.kind === objref.kind && goesBy(each, objref.name ?? '') && (!group || groupOf(each.object) === group),
	);
	const [place] = found ? placesAt(found.object, pathParts(path)) : [];
	if (place) return place.holder[place.key];
	const type = `${objref.kind}.${version || '[noVer]'}.${group || '[noGrp]'}`;
	throw failure(`var '{${name} ${type} {${path}}}' cannot be mapped to a field in the set of known resources`);
}
