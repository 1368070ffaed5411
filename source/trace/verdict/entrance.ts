import type {Reader} from '../../api/client.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import {safePattern} from '../../images/nginx/config/find-location.js';
import {isTls} from '../../net/tls.js';
import type {Call} from '../walk/call.js';
import {gatewayFault} from './gateway-fault.js';
import type {Owners} from '../explain/owners.js';
import {bestPath, hostFits, type PathRule} from '../walk/host-and-path.js';
import {type Asked, wrongBackend, customObjects} from '../walk/routes.js';

type Ingress = KubeObject & {readonly spec: any};

const badStatus = 400;
const controllerName = 'k8s.io/ingress-nginx';

/** Why an ingress controller or a gateway could not do better: which Ingress or route is at fault. Empty when there is nothing to say. */
export function whyEntrance(call: Call, podKey: string, owners: Owners): string {
	const {reader} = owners.world.api;
	const [namespace, name] = podKey.split('/') as [string, string];
	const pod = reader.find<KubeObject>('pods', namespace, name);
	const what = pod?.metadata.labels?.['app.kubernetes.io/name'];
	if (what !== 'ingress-nginx' && what !== 'nginx-gateway') return '';
	const asked = askedFor(call);
	if (!asked) return '';
	if (what === 'nginx-gateway') return asked.status < badStatus ? '' : gatewayFault(asked, owners);
	const all = reader
		.list<Ingress>('ingresses.networking.k8s.io')
		.filter(({spec}) => hostsOf(spec).some(host => hostFits(host, asked.host, 'one')));
	const served = servedClasses(reader);
	const ours = all.filter(ingress => served.has(classOf(ingress)));
	const words = [
		...(asked.secure ? missingSecrets(ours, asked.host, reader) : []),
		...(asked.status < badStatus ? [] : [fault(asked, all, ours, owners)]),
	];
	return words.filter(Boolean).join('; ');
}

function askedFor({sent, received}: Call): Asked | undefined {
	const request = /[A-Z]+ (\/\S*) HTTP\/1\.[01]\r\n/.exec(sent);
	const host = /\r\nHost: ?([^\r\n:]*)/i.exec(sent)?.[1];
	const status = /HTTP\/1\.[01] (\d{3})/.exec(received)?.[1];
	if (!request || host === undefined || status === undefined) return undefined;
	return {host: host.toLowerCase(), path: request[1]!.split('?')[0]!, status: Number(status), secure: isTls(sent)};
}

const hostsOf = ({rules = [], defaultBackend}: any): readonly string[] => [
	...rules.map(({host = ''}: any) => host),
	...(defaultBackend ? [''] : []),
];
const classOf = ({spec, metadata}: Ingress): string => spec.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class'] ?? '';

const servedClasses = (reader: Reader): ReadonlySet<string> =>
	new Set(
		reader
			.list<KubeObject & {spec: any}>('ingressclasses.networking.k8s.io')
			.filter(({spec}) => spec.controller === controllerName)
			.map(({metadata}) => metadata.name),
	);

function missingSecrets(ingresses: readonly Ingress[], host: string, reader: Reader): readonly string[] {
	return ingresses.flatMap(ingress =>
		(ingress.spec.tls ?? [])
			.filter(({hosts = [], secretName}: any) => secretName && hosts.includes(host))
			.filter(({secretName}: any) => !reader.find('secrets', ingress.metadata.namespace, secretName))
			.map(
				({secretName}: any) =>
					`Secret ${ingress.metadata.namespace}/${secretName} of Ingress ${keyOf(ingress)} does not exist, so the controller shows its own certificate`,
			),
	);
}

function fault({host, path}: Asked, all: readonly Ingress[], ours: readonly Ingress[], owners: Owners): string {
	const [other] = all;
	if (!other) return `no Ingress has the host ${host}`;
	if (ours.length === 0) {
		const name = classOf(other);
		return `Ingress ${keyOf(other)} ${name === '' ? 'has no class' : `has the class ${name}`}, which this controller does not serve`;
	}

	const regex = ours.some(isRegex);
	const found = bestPath(
		ours.flatMap(ingress => pathsOf(ingress, host, regex)),
		path,
	);
	const backend = found?.backend ?? ours.find(({spec}) => spec.defaultBackend)?.spec.defaultBackend;
	const ingress = found?.ingress ?? ours[0]!;
	return backend?.service
		? wrongBackend(`Ingress ${keyOf(ingress)}`, ingress.metadata.namespace!, backend.service, owners)
		: `no path of Ingress ${keyOf(ingress)} fits ${path}`;
}

interface IngressPath extends PathRule {
	readonly ingress: Ingress;
	readonly backend: any;
}

/** One Ingress with a pattern or a rewrite makes all paths of its host patterns. */
const isRegex = ({metadata: {annotations = {}}}: Ingress): boolean =>
	annotations['nginx.ingress.kubernetes.io/use-regex'] === 'true' || Boolean(annotations['nginx.ingress.kubernetes.io/rewrite-target']);

const pathsOf = (ingress: Ingress, host: string, regex: boolean): readonly IngressPath[] =>
	(ingress.spec.rules ?? [])
		.filter((rule: any) => hostFits(rule.host ?? '', host, 'one'))
		.flatMap(({http}: any) =>
			(http?.paths ?? []).map(({path = '/', pathType, backend}: any) => ({
				ingress,
				path,
				exact: pathType === 'Exact',
				...(regex && {pattern: safePattern(`^${path}`, true)}),
				backend,
			})),
		);

/** Why nobody says that an address of MetalLB is his. */
export function whyUnannounced(address: string, port: number, owners: Owners): string {
	const found = owners.serviceAt(address, port, 'tcp');
	if (!found?.field.startsWith('status.loadBalancer')) return '';
	const pool = found.service.metadata.annotations?.['metallb.universe.tf/ip-allocated-from-pool'];
	if (pool === undefined) return '';
	const advertisements = customObjects(owners.world.api.reader, 'l2advertisements.metallb.io');
	const announced = advertisements.some(
		({spec = {}}) => spec.ipAddressPoolSelectors?.length || !spec.ipAddressPools?.length || spec.ipAddressPools.includes(pool),
	);
	return announced ? '' : `: it is of Service ${keyOf(found.service)}, and no L2Advertisement announces the pool ${pool}`;
}

const arpIgnore = '/proc/sys/net/ipv4/conf/all/arp_ignore';

/** In ipvs mode every node holds every address; those that do not keep quiet all answer for it. */
export function whoElseAnswers(address: string, port: number, owners: Owners): string {
	const found = owners.serviceAt(address, port, 'tcp');
	if (!found?.field.startsWith('status.loadBalancer')) return '';
	const loud = owners.world
		.hosts()
		.filter(({stack, files}) => stack.hasAddress(address) && files.exists(arpIgnore) && files.readText(arpIgnore).trim() === '0');
	return loud.length < 2
		? ''
		: `${loud.map(({name}) => name).join(', ')} all answer ARP for ${address}, since strictARP of kube-proxy is false: which of them gets a packet is chance`;
}
