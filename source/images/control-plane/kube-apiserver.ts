import {controlPlaneDaemon, controlPlaneImage, flagOf} from './daemon.js';
import {unknownFlag} from './flags.js';

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

export default controlPlaneImage(
	controlPlaneDaemon({
		name: 'kube-apiserver',
		// Post-start hooks, and filling its caches from etcd.
		startMs: 2600,
		ports: argv => [{port: Number(flagOf(argv, 'secure-port') ?? 6443), address: '*'}],
		healthPaths: ['/livez', '/readyz', '/healthz'],
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
	}),
	'registry.k8s.io/kube-apiserver',
	{'v1.33.1': 30_075_899},
);
