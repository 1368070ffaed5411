import {controlPlaneDaemon, controlPlaneImage, flagOf, healthOnly, ownTls} from './daemon.js';
import {unknownFlag} from './flags.js';

export default controlPlaneImage(
	controlPlaneDaemon({
		name: 'kube-scheduler',
		ports: argv => [{port: Number(flagOf(argv, 'secure-port') ?? 10259), address: flagOf(argv, 'bind-address') ?? '*'}],
		tls: ownTls,
		answer: healthOnly(['/healthz', '/livez', '/readyz']),
		lines: [
			['serving.go:386', 'Generated self-signed cert in-memory'],
			['server.go:171', 'Starting Kubernetes Scheduler'],
			['secure_serving.go:211', 'Serving securely on 127.0.0.1:10259'],
			['leaderelection.go:257', 'attempting to acquire leader lease kube-system/kube-scheduler...'],
			['leaderelection.go:271', 'successfully acquired lease kube-system/kube-scheduler'],
		],
		refuse: argv => unknownFlag('kube-scheduler', argv),
	}),
	'registry.k8s.io/kube-scheduler',
	{'v1.33.1': 21_782_634},
);
