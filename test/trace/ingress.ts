import test from 'ava';
import {createIngress, ingressCluster, run} from '../helpers/ingress-cluster.js';
import {ask} from './_scene.js';

const nginx = 'nginx.ingress.kubernetes.io';

test('what ingress-nginx answers 404 to: a canary without a main, a pattern without use-regex', t => {
	const cluster = ingressCluster('trace');
	// A Service of its own: one that another Ingress leads to would answer for all unknown hosts.
	run(cluster, 'expose deployment web --port 80 --name next');
	createIngress(
		cluster,
		'canary',
		"--rule='new.com/*=next:80'",
		`--annotation ${nginx}/canary=true --annotation ${nginx}/canary-weight=50`,
	);
	createIngress(cluster, 'pattern', "--rule='old.com/api(/|$)(.*)=web:80'");
	createIngress(cluster, 'whole', "--rule='both.com/api(/|$)(.*)=web:80'", `--annotation ${nginx}/use-regex=true`);
	for (const name of ['pattern', 'whole'])
		run(
			cluster,
			`patch ingress ${name} --type=json -p '[{"op":"replace","path":"/spec/rules/0/http/paths/0/pathType","value":"ImplementationSpecific"}]'`,
		);
	cluster.settle();
	const port = run(cluster, '-n ingress-nginx get svc ingress-nginx-controller -o jsonpath={.spec.ports[0].nodePort}');
	const said = (host: string, path: string) =>
		ask(cluster, {from: 'reg', ask: `curl -H Host:${host} 172.25.254.10:${port}${path}`}).verdict.sentence;
	t.regex(said('new.com', '/'), /Ingress default\/canary is a canary, and no other Ingress has the host new\.com$/);
	t.regex(
		said('old.com', '/api/x'),
		/no path of Ingress default\/pattern fits \/api\/x; its path \/api\(\/\|\$\)\(\.\*\) is a pattern only with the annotation use-regex$/,
	);
	t.regex(said('both.com', '/api/x'), /^answered 404 by pod ingress-nginx\/[^:]*$/);
});
