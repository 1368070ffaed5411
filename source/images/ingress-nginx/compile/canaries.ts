import {type BackendDraft, defaultUpstream, type LocationDraft, type ServerDraft} from './draft.js';
import {defaultServer, type ParsedIngress, rulesOf, type ServiceBackend, serviceOf, upstreamName, type View} from './view.js';

interface Merging {
	readonly view: View;
	readonly ingress: ParsedIngress;
	readonly backends: Map<string, BackendDraft>;
}

/** Gives the backends of a canary to those that stand on the same host and path (controller.go mergeAlternativeBackends). */
export function mergeCanary(merging: Merging, servers: ReadonlyMap<string, ServerDraft>): void {
	const {view, ingress} = merging;
	const {object} = ingress;
	const own = serviceOf(object['spec']?.defaultBackend);
	if (own) mergeInto(merging, own, servers.get(defaultServer)!, () => true);
	for (const {host, paths = []} of rulesOf(object)) {
		for (const {path, pathType, service} of paths) {
			if (!service) continue;
			const name = upstreamName(object.metadata.namespace ?? 'default', service);
			const server = servers.get(host);
			if (!merging.backends.has(name)) view.log.plain('W', 'controller.go:1610', `alternative backend ${name} has already been removed`);
			else if (server) mergeInto(merging, service, server, location => location.path === path && location.pathType === pathType);
			else view.log.plain('E', 'controller.go:1620', `cannot merge alternative backend ${name} into hostname ${host} that does not exist`);
		}
	}
}

function mergeInto(
	{view: {log}, ingress, backends}: Merging,
	service: ServiceBackend,
	{hostname, locations}: ServerDraft,
	fits: (location: LocationDraft) => boolean,
): void {
	const {namespace = 'default', name} = ingress.object.metadata;
	const upstream = upstreamName(namespace, service);
	const canary = backends.get(upstream);
	if (!canary) {
		log.plain('W', 'controller.go:1566', `alternative backend ${upstream} has already been removed`);
		return;
	}

	let merged = false;
	for (const location of locations) {
		const primary = backends.get(location.backend);
		if (!primary) {
			log.plain('W', 'controller.go:1630', `cannot find primary backend ${location.backend} for location ${hostname}${location.path}`);
			continue;
		}

		if (primary.name === canary.name) {
			log.plain(
				'W',
				'controller.go:1635',
				`alternative upstream ${canary.name} in Ingress ${namespace}/${name} is primary upstream in Other Ingress for location ${hostname}${location.path}!`,
			);
			return;
		}

		if (primary.name !== defaultUpstream && !primary.noServer && fits(location)) merged = merge(ingress, primary, canary);
	}

	if (merged) return;
	log.plain('W', 'controller.go:1650', `unable to find real backend for alternative backend ${canary.name}. Deleting.`);
	backends.delete(canary.name);
}

function merge({annotations}: ParsedIngress, primary: BackendDraft, canary: BackendDraft): true {
	if (primary.alternatives.includes(canary.name)) return true;
	if (annotations.affinity.canaryBehaviour !== 'legacy') canary.sessionAffinity = structuredClone(primary.sessionAffinity);
	primary.alternatives.push(canary.name);
	return true;
}
