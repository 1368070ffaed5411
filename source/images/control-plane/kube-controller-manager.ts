import {controlPlaneDaemon, controlPlaneImage, flagOf, healthOnly, ownTls} from './daemon.js';
import {unknownFlag} from './flags.js';

export default controlPlaneImage(
	controlPlaneDaemon({
		name: 'kube-controller-manager',
		ports: argv => [{port: Number(flagOf(argv, 'secure-port') ?? 10257), address: flagOf(argv, 'bind-address') ?? '*'}],
		tls: ownTls,
		answer: healthOnly(['/healthz', '/livez', '/readyz']),
		lines: [
			['serving.go:386', 'Generated self-signed cert in-memory'],
			['controllermanager.go:188', 'Starting'],
			['secure_serving.go:211', 'Serving securely on 127.0.0.1:10257'],
			['leaderelection.go:257', 'attempting to acquire leader lease kube-system/kube-controller-manager...'],
			['leaderelection.go:271', 'successfully acquired lease kube-system/kube-controller-manager'],
			['shared_informer.go:357', 'Caches are synced'],
		],
		refuse: argv => unknownFlag('kube-controller-manager', argv),
	}),
	'registry.k8s.io/kube-controller-manager',
	{'v1.33.1': 27_646_507},
);
