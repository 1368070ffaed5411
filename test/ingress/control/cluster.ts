import test from 'ava';
import {snapshotFromJson, snapshotToJson} from '../../../source/sim/state.js';
import {clientOf, confOf, createIngress, fetch, ingressCluster, logOf, reloads, run} from '../../helpers/ingress-cluster.js';

test('an Ingress is taken, served, and told where it is reached', t => {
	const cluster = ingressCluster();
	t.is(createIngress(cluster, 'a', '--rule=a.com/*=web:80'), 'ingress.networking.k8s.io/a created\n');
	cluster.settle();
	t.regex(fetch(cluster, 'a.com'), /^HTTP\/1\.1 200 OK[\s\S]*Hello MyApp/);
	t.regex(fetch(cluster, 'b.com'), /^HTTP\/1\.1 404 Not Found/);
	t.regex(run(cluster, 'get ingress'), /a +nginx +a\.com +172\.25\.254\.[12]0 +80 /);
	t.true(logOf(cluster).includes('I "Found valid IngressClass" ingress="default/a" ingressclass="nginx"'));
	t.regex(run(cluster, 'get events'), /Normal +Sync +ingress\/a +Scheduled for sync/);
	t.regex(run(cluster, '-n ingress-nginx get lease'), /ingress-nginx-leader +ingress-nginx-controller-/);
});

test('endpoints, certificates and canaries need no reload; rules do, and not more often than every 3.3 seconds', t => {
	const cluster = ingressCluster();
	createIngress(cluster, 'a', '--rule=a.com/*=web:80,tls=cert');
	cluster.settle();
	const before = reloads(cluster);
	run(cluster, 'scale deployment web --replicas 0');
	cluster.settle();
	t.regex(fetch(cluster, 'a.com'), /^HTTP\/1\.1 308/);
	createIngress(cluster, 'canary', '--rule=a.com/*=web2:80', '--annotation nginx.ingress.kubernetes.io/canary=true');
	cluster.settle();
	t.is(reloads(cluster), before);
	cluster.advance(5000);
	for (const host of ['b', 'c', 'd']) {
		createIngress(cluster, host, `--rule=${host}.com/*=web:80`);
		cluster.advance(100);
	}

	cluster.settle();
	t.is(reloads(cluster), before + 2);
	t.regex(fetch(cluster, 'd.com'), /^HTTP\/1\.1 503 Service Temporarily Unavailable/);
});

test('an Ingress of another class is left alone, and the annotation counts as the field does', t => {
	const cluster = ingressCluster();
	const client = clientOf(cluster);
	const plain = (name: string, more: object) => ({
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: {name, namespace: 'default', ...more},
		spec: {
			rules: [
				{host: `${name}.com`, http: {paths: [{path: '/', pathType: 'Prefix', backend: {service: {name: 'web', port: {number: 80}}}}]}},
			],
		},
	});
	client.create(plain('none', {}));
	client.create(plain('old', {annotations: {'kubernetes.io/ingress.class': 'nginx'}}));
	run(cluster, "create ingress other --class other --rule='o.com/*=web:80'");
	cluster.settle();
	t.regex(fetch(cluster, 'old.com'), /^HTTP\/1\.1 200/);
	for (const host of ['none.com', 'o.com']) t.regex(fetch(cluster, host), /^HTTP\/1\.1 404/);
	const ignored = 'I "Ignoring ingress because of error while validating ingress class"';
	const lines = logOf(cluster);
	t.true(lines.includes(`${ignored} ingress="default/none" error="ingress does not contain a valid IngressClass"`));
	t.true(lines.includes(`${ignored} ingress="default/other" error="no object matching key \\"other\\" in local store"`));
	run(cluster, `patch ingress other --type merge -p '{"spec":{"ingressClassName":"nginx"}}'`);
	cluster.settle();
	t.regex(fetch(cluster, 'o.com'), /^HTTP\/1\.1 200/);
	run(cluster, 'delete ingress other');
	cluster.settle();
	t.regex(fetch(cluster, 'o.com'), /^HTTP\/1\.1 404/);
});

test('the ConfigMap changes what nginx does; a Secret that comes later is taken', t => {
	const cluster = ingressCluster();
	createIngress(
		cluster,
		'a',
		'--rule=a.com/*=web:80',
		'--annotation nginx.ingress.kubernetes.io/auth-type=basic',
		'--annotation nginx.ingress.kubernetes.io/auth-secret=users',
	);
	cluster.settle();
	t.regex(fetch(cluster, 'a.com'), /^HTTP\/1\.1 503/);
	run(cluster, 'create secret generic users --from-literal=auth=lee:{SHA}x');
	cluster.settle();
	t.regex(fetch(cluster, 'a.com'), /^HTTP\/1\.1 401/);
	t.true(logOf(cluster).includes('I "Secret was added and it is used in ingress annotations. Parsing" secret="default/users"'));
	run(
		cluster,
		`-n ingress-nginx patch cm ingress-nginx-controller --type merge -p '{"data":{"http-redirect-code":"301","annotations-risk-level":"Critical"}}'`,
	);
	cluster.settle();
	t.regex(run(cluster, '-n ingress-nginx get events'), /UPDATE +configmap\/ingress-nginx-controller/);
	t.regex(confOf(cluster), /http_redirect_code = 301,/);
});

test('an annotation that is not simulated is said aloud', t => {
	const cluster = ingressCluster();
	createIngress(cluster, 'a', '--rule=a.com/*=web:80', '--annotation nginx.ingress.kubernetes.io/enable-modsecurity=true');
	cluster.settle();
	const text = 'W kubelab: not simulated: annotation nginx.ingress.kubernetes.io/enable-modsecurity of Ingress default/a';
	t.is(logOf(cluster).filter(line => line === text).length, 1);
	t.true(cluster.sim.notes.list().some(note => JSON.stringify(note).includes('enable-modsecurity')));
});

test('a flag that does not exist ends the process; a controller that leaves takes its addresses back', t => {
	const cluster = ingressCluster();
	createIngress(cluster, 'a', '--rule=a.com/*=web:80');
	cluster.settle();
	t.regex(run(cluster, 'get ingress a'), /172\.25\.254\./);
	const add = '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--no-such-flag"}]';
	run(cluster, `-n ingress-nginx patch deploy ingress-nginx-controller --type json -p '${add}'`);
	cluster.settle();
	cluster.advance(30_000);
	const pods = run(cluster, '-n ingress-nginx get pods');
	t.regex(pods, /0\/1 +(CrashLoopBackOff|Error)/);
	const [broken] = /ingress-nginx-controller-\S+(?= +0\/1)/.exec(pods)!;
	t.regex(run(cluster, `-n ingress-nginx logs ${broken}`), /^unknown flag: --no-such-flag/);
	run(cluster, '-n ingress-nginx scale deploy ingress-nginx-controller --replicas 0');
	cluster.settle();
	cluster.advance(30_000);
	t.is(fetch(cluster, 'a.com'), 'unreachable');
	t.notRegex(run(cluster, 'get ingress a'), /172\.25\.254\./);
	t.regex(
		createIngress(cluster, 'b', '--rule=b.com/*=web:80'),
		/failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post "https:\/\/ingress-nginx-controller-admission\.ingress-nginx\.svc:443\/networking\/v1\/ingresses\?timeout=10s": dial tcp 10\.\S+:443: connect: connection refused/,
	);
});

test('a world that is saved in the middle goes on with the same bytes', t => {
	const cluster = ingressCluster();
	createIngress(cluster, 'a', '--rule=a.com/*=web:80,tls=none');
	createIngress(cluster, 'b', '--rule=b.com/*=none:80');
	cluster.advance(100);
	const saved = JSON.stringify(snapshotToJson(cluster.snapshot()));
	const goOn = () => {
		createIngress(cluster, 'c', '--rule=c.com/*=web:80');
		cluster.advance(70_000);
		return JSON.stringify(snapshotToJson(cluster.snapshot()));
	};
	const first = goOn();
	cluster.restore(snapshotFromJson(JSON.parse(saved)));
	t.true(goOn() === first);
});
