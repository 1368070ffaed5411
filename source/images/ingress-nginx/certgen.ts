import {base64} from '../../api/values/base64.js';
import type {KubeObject} from '../../api/object.js';
import {ApiError} from '../../api/status.js';
import {rfc3339} from '../../api/values/time.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {logOf} from './log.js';
import {webhookCertificate} from './self-signed.js';

const configurations = {
	validating: 'validatingwebhookconfigurations.admissionregistration.k8s.io',
	mutating: 'mutatingwebhookconfigurations.admissionregistration.k8s.io',
} as const;

/** Until the process has its client. */
const startMs = 150;

/** kube-webhook-certgen: `create` puts the webhook's certificate into a Secret, `patch` its authority into the webhook's configuration. */
export const certgen: Program = {
	name: 'kube-webhook-certgen',
	start(context) {
		const task = context.argv.find(word => word === 'create' || word === 'patch');
		if (!task) {
			context.log(
				task === undefined && context.argv.length > 1 ? `Error: unknown command "${context.argv[1]}" for "kube-webhook-certgen"` : usage,
			);
			context.exit(context.argv.length > 1 ? 1 : 0);
			return;
		}

		logOf(context).plain(
			'W',
			'client_config.go:659',
			'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
		);
		context.wake(startMs, task);
	},
	wake(context, task) {
		try {
			if (task === 'create') create(context);
			else patch(context);
			context.exit(0);
		} catch (error) {
			if (!(error instanceof ApiError || error instanceof Fatal)) throw error;
			say(
				context,
				'fatal',
				error instanceof Fatal ? error.message : `error ${task} ${error.message}`,
				error instanceof Fatal ? error.where : 'k8s/k8s.go:233',
			);
			context.exit(1);
		}
	},
};

class Fatal extends Error {
	readonly where: string;
	constructor(message: string, where: string) {
		super(message);
		this.where = where;
	}
}

const usage =
	'Use this to create a ca and signed certificates and patch admission webhooks to allow for quick\n\tinstallation and configuration of validating and admission webhooks.';

const option = (argv: readonly string[], name: string, otherwise = ''): string => {
	const at = argv.findIndex(word => word === `--${name}` || word.startsWith(`--${name}=`));
	if (at < 0) return otherwise;
	const word = argv[at]!;
	return word.includes('=') ? word.slice(word.indexOf('=') + 1) : (argv[at + 1] ?? '');
};

function say(context: ProgramContext, level: 'info' | 'fatal', msg: string, source: string, err?: string): void {
	const time = rfc3339(context.machine.sim.clock.now());
	context.log(JSON.stringify({...(err && {err}), level, msg, source, time}), 'stderr');
}

function create(context: ProgramContext): void {
	const {argv, client, machine} = context;
	const [namespace, name] = [option(argv, 'namespace'), option(argv, 'secret-name')];
	if (client!.find('secrets', namespace, name)) {
		say(context, 'info', 'secret already exists', 'cmd/create.go:32');
		return;
	}

	say(context, 'info', 'no secret found', 'k8s/k8s.go:229', `secrets "${name}" not found`);
	say(context, 'info', 'creating new secret', 'cmd/create.go:28');
	const hosts = option(argv, 'host').split(',');
	const {certificate, key, authority} = webhookCertificate(hosts, machine.sim.clock.now(), machine.sim.random.fork('kube-webhook-certgen'));
	const [certName, keyName] = [option(argv, 'cert-name', 'cert'), option(argv, 'key-name', 'key')];
	client!.create<KubeObject>({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name, namespace},
		type: 'Opaque',
		data: {ca: base64(authority), [certName]: base64(certificate), [keyName]: base64(key)},
	});
}

function patch(context: ProgramContext): void {
	const {argv, client} = context;
	const [namespace, secretName, webhook] = [option(argv, 'namespace'), option(argv, 'secret-name'), option(argv, 'webhook-name')];
	const wants = (kind: string) => option(argv, `patch-${kind}`, 'true') === 'true';
	const policy = option(argv, 'patch-failure-policy');
	const secret = client!.find<KubeObject>('secrets', namespace, secretName);
	if (!secret) throw new Fatal(`no secret with '${secretName}' in '${namespace}'`, 'cmd/patch.go:66');
	const caBundle: string = secret['data']?.ca ?? '';
	say(
		context,
		'info',
		`patching webhook configurations '${webhook}' mutating=${wants('mutating')}, validating=${wants('validating')}, failurePolicy=${policy}`,
		'k8s/k8s.go:118',
	);
	for (const kind of ['validating', 'mutating'] as const) {
		if (!wants(kind)) continue;
		const found = client!.get<KubeObject>(configurations[kind], undefined, webhook);
		const webhooks = found['webhooks'].map((each: any) => ({
			...each,
			clientConfig: {...each.clientConfig, caBundle},
			...(policy && {failurePolicy: policy}),
		}));
		client!.update({...found, webhooks});
	}

	say(context, 'info', 'Patched hook(s)', 'k8s/k8s.go:138');
}
