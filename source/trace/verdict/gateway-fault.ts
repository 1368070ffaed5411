import {type KubeObject, keyOf} from '../../api/object.js';
import {safePattern} from '../../images/nginx/config/find-location.js';
import type {Owners} from '../explain/owners.js';
import {bestPath, hostFits, type PathRule} from '../walk/host-and-path.js';
import {type Asked, customObjects, wrongBackend} from '../walk/routes.js';

type Route = KubeObject & {readonly spec: any; readonly status?: any};

/** Which HTTPRoute is at fault for what a Gateway answered: first in the words of its own conditions. */
export function gatewayFault({host, path}: Asked, owners: Owners): string {
	const {reader} = owners.world.api;
	const routes = customObjects(reader, 'httproutes.gateway.networking.k8s.io') as readonly Route[];
	const named = routes.filter(({spec}) => (spec.hostnames ?? ['']).some((name: string) => hostFits(name, host, 'some')));
	if (named.length === 0) return `no HTTPRoute has the host ${host}`;
	const taken = named.filter(route => route.status?.parents?.length > 0);
	if (taken.length === 0) return `no Gateway took HTTPRoute ${keyOf(named[0]!)}, whose parentRefs name ${parentsOf(named[0]!)}`;
	const refused = taken.flatMap(route => refusalOf(route) ?? [])[0];
	const found = bestPath(taken.flatMap(rulesOf), path);
	if (!found || refused) return refused ?? `no rule of HTTPRoute ${keyOf(taken[0]!)} fits ${path}`;
	const {namespace} = found.route.metadata;
	const faults = found.backends.map((each: any) =>
		wrongBackend(`HTTPRoute ${keyOf(found.route)}`, each.namespace ?? namespace, {name: each.name, port: {number: each.port}}, owners),
	);
	return faults.find(Boolean) ?? '';
}

const parentsOf = ({spec}: Route): string => (spec.parentRefs ?? []).map(({name}: any) => name).join(', ') || 'none';

function refusalOf(route: Route): string | undefined {
	const conditions: any[] = route.status.parents.flatMap((parent: any) => parent.conditions ?? []);
	const bad = conditions.find(({type, status}) => status === 'False' && (type === 'Accepted' || type === 'ResolvedRefs'));
	return bad && `HTTPRoute ${keyOf(route)} has ${bad.type} False, ${bad.reason}: ${bad.message}`;
}

interface Rule extends PathRule {
	readonly route: Route;
	readonly backends: readonly any[];
}

/** One for each path; headers, methods and parameters are left to the controller. */
const rulesOf = (route: Route): readonly Rule[] =>
	(route.spec.rules ?? []).flatMap(({matches = [{}], backendRefs = []}: any) =>
		matches.map(({path: {type, value = '/'} = {} as any}: any) => ({
			route,
			path: value,
			exact: type === 'Exact',
			...(type === 'RegularExpression' && {pattern: safePattern(value, false)}),
			backends: backendRefs,
		})),
	);
