import type {ProgramContext} from '../../node/program/program.js';
import {ApiError} from '../../api/status.js';
import type {HttpAnswer, HttpRequest} from '../http/answer.js';
import {controlPlaneDaemon, controlPlaneImage, fileOf, flagOf} from './daemon.js';
import {lackingIn, wrongMode, wrongPlugins} from './api-server-flags.js';
import {unknownFlag} from './flags.js';
import {answerApi} from './rest/answer.js';
import {authenticate} from './rest/authenticate.js';
import {answerOf} from './rest/print.js';

/** `30000-32767`, or the error that kube-apiserver ends with. */
function wrongPortRange(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const range = /^(\d+)-(\d+)$/.exec(text) ?? /^(\d+)\+(\d+)$/.exec(text);
	const invalid = (why: string) => `invalid argument "${text}" for "--service-node-port-range" flag: ${why}`;
	if (!range) return /^\d+$/.test(text) ? undefined : invalid(`unable to parse port range: ${text}`);
	const [from, to] = [Number(range[1]), Number(range[2])];
	if (to > 65_535) return invalid(`the port range cannot be greater than 65535: ${text}`);
	return from > to ? invalid(`end port cannot be less than start port: ${text}`) : undefined;
}

/** Who asks, then what for. */
function answer(context: ProgramContext, request: HttpRequest, certificate: string | undefined): HttpAnswer {
	const {api, argv} = context;
	const shown = {request, api: api!};
	try {
		const user = authenticate(api!, {
			headers: request.headers,
			certificate,
			authorities: certificate ? fileOf(context, 'client-ca-file') : '',
			allowsAnonymous: flagOf(argv, 'anonymous-auth') !== 'false',
		});
		const head = {method: request.method, query: new URLSearchParams(request.query), headers: request.headers, user};
		return answerApi({...shown, head, user, address: `${flagOf(argv, 'advertise-address')}:${flagOf(argv, 'secure-port') ?? 6443}`});
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		return answerOf(shown, error.status.code, error.status);
	}
}

export default controlPlaneImage(
	controlPlaneDaemon({
		name: 'kube-apiserver',
		// Post-start hooks, and filling its caches from etcd.
		startMs: 2600,
		ports: argv => [{port: Number(flagOf(argv, 'secure-port') ?? 6443), address: '*'}],
		tls: context => ({
			get certificate() {
				return fileOf(context, 'tls-cert-file');
			},
			get clientAuthorities() {
				return fileOf(context, 'client-ca-file');
			},
			clients: 'wanted',
			nowMs: context.machine.sim.clock.now(),
		}),
		answer,
		lines: [
			['options.go:249', 'external host was not specified, using the advertise address'],
			['server.go:147', 'Version: v1.33.1'],
			['server.go:149', 'Golang settings'],
			['secure_serving.go:211', 'Serving securely on [::]:6443'],
			['controller.go:119', 'Starting legacy_token_tracking_controller'],
			['apf_controller.go:377', 'Starting API Priority and Fairness config controller'],
			['controller.go:142', 'Starting OpenAPI controller'],
			['storage_scheduling.go:111', 'all system priority classes are created successfully or already exist.'],
		],
		refuse: argv => unknownFlag('kube-apiserver', argv) ?? wrongPortRange(flagOf(argv, 'service-node-port-range')),
		invalid: argv => wrongPlugins(argv) ?? wrongMode(flagOf(argv, 'authorization-mode')),
		lacks: lackingIn,
	}),
	'registry.k8s.io/kube-apiserver',
	{'v1.33.1': 30_075_899},
);
