import type {Reader} from '../../api/client.js';
import {type KubeObject, keyOf} from '../../api/object.js';
import {safePattern} from '../../images/nginx/config/find-location.js';
import type {Owners} from '../explain/owners.js';
import {bestPath, hostFits, type PathRule} from '../walk/host-and-path.js';
import {type Asked, badStatus, wrongBackend} from '../walk/routes.js';

type Ingress = KubeObject & {readonly spec: any};

const controllerName = 'k8s.io/ingress-nginx';

/** Which Ingress is at fault for what ingress-nginx answered, and which Secret is missing. */
export function ingressFault(asked: Asked, owners: Owners): string {
	const {reader} = owners.world.api;
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

	return pathFault({host, path}, ours, owners);
}

function pathFault({host, path}: Pick<Asked, 'host' | 'path'>, ours: readonly Ingress[], owners: Owners): string {
	// A catch-all stands behind no host that has rules of its own.
	const named = ours.filter(({spec}) => (spec.rules ?? []).some((rule: any) => rule.host && hostFits(rule.host, host, 'one')));
	const asking = named.length > 0 ? named : ours;
	const mains = asking.filter(each => !isCanary(each));
	if (mains.length === 0) return `Ingress ${keyOf(asking[0]!)} is a canary, and no other Ingress has the host ${host}`;
	const paths = (regex: boolean) => mains.flatMap(ingress => pathsOf(ingress, host, regex));
	const regex = mains.some(isRegex);
	const found = bestPath(paths(regex), path);
	const ingress = found?.ingress ?? mains[0]!;
	const backend = found?.backend ?? mains.find(({spec}) => spec.defaultBackend)?.spec.defaultBackend;
	if (backend?.service) return wrongBackend(`Ingress ${keyOf(ingress)}`, ingress.metadata.namespace!, backend.service, owners);
	const pattern = regex ? undefined : paths(true).find(each => /[(|[*+$]/.test(each.path) && each.pattern!.test(path));
	return `no path of Ingress ${keyOf(ingress)} fits ${path}${pattern ? `; its path ${pattern.path} is a pattern only with the annotation use-regex` : ''}`;
}

const isCanary = ({metadata: {annotations = {}}}: Ingress): boolean => annotations['nginx.ingress.kubernetes.io/canary'] === 'true';

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

interface IngressPath extends PathRule {
	readonly ingress: Ingress;
	readonly backend: any;
}
