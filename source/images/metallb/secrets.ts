import {base64, base64Text} from '../../api/values/base64.js';
import type {KubeObject} from '../../api/object.js';
import {logLine} from './log.js';
import {webhookPair} from './webhook-pair.js';
import type {ControllerContext} from './memory.js';

const certificateSecret = 'metallb-webhook-cert';
const configuration = 'metallb-webhook-configuration';
const webhookConfigurations = 'validatingwebhookconfigurations.admissionregistration.k8s.io';
const definitions = 'customresourcedefinitions.apiextensions.k8s.io';
/** Until the kubelet has brought the new Secret into the pod's volume and the server has read it. */
const mountMs = 1500;

/** The key with which the speakers' member list is sealed: without it no speaker starts. */
export function memberlistSecret({client, env, machine, memory: {namespace}}: ControllerContext): void {
	const name = env['METALLB_ML_SECRET_NAME'];
	if (!name || client!.find('secrets', namespace, name)) return;
	const key = machine.sim.random.fork('metallb/memberlist').uuid();
	const deployment = client!.find('deployments.apps', namespace, env['METALLB_DEPLOYMENT'] ?? 'controller');
	const owner = deployment && {apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.metadata.name, uid: deployment.metadata.uid!};
	client!.create<KubeObject>({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name, namespace, ...(owner && {ownerReferences: [owner]})},
		type: 'Opaque',
		data: {secretkey: base64(base64(key))},
	});
}

/** What cert-controller's rotator does: a certificate into the Secret, its authority into the webhooks and conversions, then the port opens. */
export function provideCertificate(context: ControllerContext): void {
	const {client, memory, machine} = context;
	logLine(context, 'rotator.go:282', 'info', {logger: 'cert-rotation', msg: 'starting cert rotator controller'});
	const secret = client!.get<KubeObject>('secrets', memory.namespace, certificateSecret);
	const known = secret['data']?.['ca.crt'] && secret['data']['tls.crt'];
	const data = known ? secret['data'] : encoded(webhookPair(`metallb-webhook-service.${memory.namespace}.svc`, machine.sim));
	if (!known) {
		client!.update({...secret, data});
		logLine(context, 'rotator.go:397', 'info', {logger: 'cert-rotation', msg: 'server certs refreshed'});
	}

	trust(context, data['ca.crt']);
	context.memory = {...memory, certificate: base64Text(data['tls.crt'])};
	context.wake(mountMs, 'listen');
}

function trust({client}: ControllerContext, caBundle: string): void {
	const webhooks = client!.find<KubeObject>(webhookConfigurations, undefined, configuration);
	if (webhooks) {
		const list = webhooks['webhooks'].map((webhook: any) => ({...webhook, clientConfig: {...webhook.clientConfig, caBundle}}));
		client!.update({...webhooks, webhooks: list});
	}

	const peers = client!.find<any>(definitions, undefined, 'bgppeers.metallb.io');
	if (peers?.spec.conversion?.webhook) {
		const {webhook} = peers.spec.conversion;
		const conversion = {...peers.spec.conversion, webhook: {...webhook, clientConfig: {...webhook.clientConfig, caBundle}}};
		client!.update({...peers, spec: {...peers.spec, conversion}});
	}
}

const encoded = (files: Readonly<Record<string, string>>) =>
	Object.fromEntries(Object.entries(files).map(([key, text]) => [key, base64(text)]));
