import type {ProgramContext} from '../../node/program/program.js';
import {versionInfo} from '../../api/http/version.js';
import {ApiError} from '../../api/status.js';
import {apiTrouble} from '../metallb/memory.js';
import {type Arguments, isOn, parseArguments} from './arguments.js';
import {type Log, logOf} from './log.js';
import {type ControllerContext, note, split} from './memory.js';
import {fakeCertificate} from './self-signed.js';
import {lookAtClasses} from './store.js';

const dashes = '-'.repeat(79);

/** `/nginx-ingress-controller --version`, and how each log begins. */
export const banner = [
	dashes,
	'NGINX Ingress controller',
	'  Release:       v1.11.2',
	'  Build:         46e76e5916813cfca2a9b0bfdc34b69a0000f6b9',
	'  Repository:    https://github.com/kubernetes/ingress-nginx',
	'  nginx version: nginx/1.25.5',
	'',
	dashes,
	'',
].join('\n');

/** klog.Fatal */
const fatalCode = 255;
/** Until the process has its client. */
const clientMs = 120;
export const fakePath = '/etc/ingress-controller/ssl/default-fake-certificate.pem';

/** Reads the command line; what is wrong with it ends the process. */
export function begin(context: ProgramContext): void {
	const parsed = parseArguments(context.argv.slice(1));
	if ('error' in parsed) {
		context.log(`${parsed.error}\nUsage of :`, 'stderr');
		context.log(parsed.error, 'stdout');
		context.exit(2);
		return;
	}

	const {given, unused} = parsed;
	if (isOn(given, 'version')) {
		context.log(banner, 'stdout');
		context.exit(0);
		return;
	}

	for (const name of unused) context.machine.sim.notes.notSimulated(`nginx-ingress-controller --${name}`);
	context.log(banner, 'stdout');
	const log = logOf(context);
	const inCluster = 'Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.';
	log.plain('W', 'client_config.go:659', inCluster);
	const pod = {namespace: context.env['POD_NAMESPACE'] ?? '', name: context.env['POD_NAME'] ?? ''};
	const none = {certificate: '', key: ''};
	context.memory = {given, pod, phase: 'starting', fake: none, seen: {}, classes: [], secrets: {}, reloads: 0, apiTries: 0};
	log.info('main.go:205', 'Creating API client', {host: `https://${context.env['KUBERNETES_SERVICE_HOST'] ?? ''}:443`});
	context.wake(clientMs, 'client');
}

/** wait.Backoff of createApiserverClient */
const triesMax = 10;
const firstPauseMs = 1000;

/** Asks for the API server's version until it answers. True when it has; `error`: never. */
export function connect(context: ControllerContext, log: Log): boolean | {readonly error: string} {
	const trouble = apiTrouble(context);
	const {apiTries} = context.memory;
	if (trouble === undefined) {
		if (apiTries > 0) log.plain('W', 'main.go:244', `Initial connection to the Kubernetes API server was retried ${apiTries} times.`);
		return true;
	}

	if (apiTries + 1 >= triesMax)
		return {
			error: `Error while initiating a connection to the Kubernetes API server. This could mean the cluster is misconfigured (e.g. it has invalid API server certificates or Service Accounts configuration). Reason: Get "https://${context.env['KUBERNETES_SERVICE_HOST']}:443/version": ${trouble}\n\nRefer to the troubleshooting guide for more information: https://kubernetes.github.io/ingress-nginx/troubleshooting/`,
		};
	note(context, {apiTries: apiTries + 1});
	context.wake(Math.floor(firstPauseMs * 1.5 ** apiTries), 'client');
	return false;
}

/** What main.go does before there is a controller: `undefined` when all is well, else the last words. */
export function prepare(context: ControllerContext, log: Log): string | undefined {
	const {major, minor, gitVersion, gitTreeState, gitCommit, platform} = versionInfo;
	log.info('main.go:248', 'Running in Kubernetes cluster', {
		major,
		minor,
		git: gitVersion,
		state: gitTreeState,
		commit: gitCommit,
		platform,
	});
	const wrong = checkServices(context, log) ?? checkPod(context);
	if (wrong !== undefined) return wrong;
	const {machine} = context;
	const fake = fakeCertificate(machine.sim.clock.now(), machine.sim.random.fork(`ingress-nginx/${machine.hostname}`));
	machine.files.makeFolder('/etc/ingress-controller/ssl', {recursive: true});
	machine.files.makeFolder('/etc/ingress-controller/auth', {recursive: true});
	machine.files.write(fakePath, fake.certificate + fake.key, {mode: 0o600});
	note(context, {fake});
	log.info('main.go:101', 'SSL fake certificate created', {file: fakePath});
	const {given} = context.memory;
	if (given['validating-webhook'] !== '')
		log.info('ssl.go:535', 'loading tls certificate', {
			path: given['validating-webhook-certificate'],
			key: given['validating-webhook-key'],
		});
	lookAtClasses(context, log);
	log.info('nginx.go:271', 'Starting NGINX Ingress controller');
	return undefined;
}

function checkServices({client, memory: {given}}: ControllerContext, log: Log): string | undefined {
	for (const name of ['default-backend-service', 'publish-service'] as const) {
		const key = given[name];
		if (key === '') continue;
		const [namespace, service] = split(key);
		if (!namespace || !service) return `invalid format (namespace/name) found in ${JSON.stringify(key)}`;
		try {
			client!.get('services', namespace, service);
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (error.reason !== 'NotFound')
				return '✖ The cluster seems to be running with a restrictive Authorization mode and the Ingress controller does not have the required permissions to operate normally.';
			return `No service with name ${service} found in namespace ${namespace}: ${error.message}`;
		}

		if (name === 'default-backend-service') log.info('main.go:83', 'Valid default backend', {service: key});
	}

	return watchedNamespace(client!, given);
}

function watchedNamespace(client: NonNullable<ProgramContext['client']>, given: Arguments): string | undefined {
	const name = given['watch-namespace'];
	if (name === '') return undefined;
	try {
		client.get('namespaces', undefined, name);
		return undefined;
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return `No namespace with name ${name} found: ${error.message}`;
	}
}

function checkPod({memory: {pod}, api}: ControllerContext): string | undefined {
	if (pod.name === '' || pod.namespace === '')
		return 'Unexpected error obtaining ingress-nginx pod: unable to get POD information (missing POD_NAME or POD_NAMESPACE environment variable';
	if (api?.reader.find('pods', pod.namespace, pod.name)) return undefined;
	return `Unexpected error obtaining ingress-nginx pod: unable to get POD information: pods "${pod.name}" not found`;
}

export function die(context: ControllerContext, log: Log, where: string, text: string): void {
	log.plain('F', where, text);
	context.exit(fatalCode);
}
