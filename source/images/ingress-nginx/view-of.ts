import type {KubeObject} from '../../api/object.js';
import {notInStore} from './annotations/resolver.js';
import {ownCertificate, readCertificateSecret} from './compile/certificate.js';
import type {View} from './compile/view.js';
import type {Certificate} from './configuration.js';
import type {Log} from './log.js';
import {type ControllerContext, resources, split} from './memory.js';
import type {Options} from './options.js';
import {readOptions} from './read-options.js';
import type {Pair} from './self-signed.js';

const fakes = new WeakMap<Pair, Certificate>();
const options = new WeakMap<KubeObject, Options>();

/** The cluster as this controller sees it now. */
export function viewOf(context: ControllerContext, log: Log): View {
	const {client, memory, machine} = context;
	const find = (resource: string, key: string) => {
		const [namespace, name] = split(key);
		return name === '' ? undefined : client!.find<KubeObject>(resource, namespace, name);
	};

	let slices: Map<string, KubeObject[]> | undefined;
	return {
		options: optionsOf(context, log),
		given: memory.given,
		log,
		nowMs: machine.sim.clock.now(),
		fakeCertificate: fakeOf(memory.fake),
		secret: key => find('secrets', key),
		configMap: key => find('configmaps', key),
		service: key => find('services', key),
		slices(key) {
			slices ??= groupSlices(client!.list<KubeObject>(resources.slices));
			return slices.get(key) ?? [];
		},
		certificate(key) {
			const secret = find('secrets', key);
			return secret ? readCertificateSecret(secret) : {error: notInStore(key)};
		},
	};
}

function fakeOf(pair: Pair): Certificate {
	const made = fakes.get(pair) ?? ownCertificate('default-fake-certificate', pair.certificate, pair.key);
	fakes.set(pair, made);
	return made;
}

function groupSlices(list: readonly KubeObject[]): Map<string, KubeObject[]> {
	const groups = new Map<string, KubeObject[]>();
	for (const slice of list) {
		const service = slice.metadata.labels?.['kubernetes.io/service-name'];
		if (!service || (slice as any).addressType === 'IPv6') continue;
		const key = `${slice.metadata.namespace}/${service}`;
		const group = groups.get(key);
		if (group) group.push(slice);
		else groups.set(key, [slice]);
	}

	return groups;
}

const nothing: KubeObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: ''}};

/** Read once for each version of the ConfigMap; what is wrong with it is said once. */
function optionsOf({client, memory: {given}, machine}: ControllerContext, log: Log): Options {
	const [namespace, name] = split(given.configmap);
	const found = (name === '' ? undefined : client!.find<KubeObject>('configmaps', namespace, name)) ?? nothing;
	const known =
		options.get(found) ?? readOptions(found['data'] ?? {}, log, key => machine.sim.notes.notSimulated(`ingress-nginx ConfigMap ${key}`));
	options.set(found, known);
	return known;
}
