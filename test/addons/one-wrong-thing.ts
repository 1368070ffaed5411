import test from 'ava';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import {metallbNative} from '../../source/images/metallb/manifest/manifest.js';
import {traceRequest} from '../../source/trace/walk/request.js';
import {clientOf, createIngress, fetch, ingressCluster, logOf, run} from '../helpers/ingress-cluster.js';

/** What the trace of a request says first. */
const verdict = (cluster: Cluster, words: string, from = 'reg'): string =>
	traceRequest(cluster, {from, words: words.split(' ')}).verdict.sentence;

function apply(cluster: Cluster, text: string): string {
	cluster.host('k8s-master')!.files.write('/root/applied.yaml', text);
	const said = run(cluster, 'apply -f /root/applied.yaml');
	cluster.advance(5000);
	cluster.settle();
	return said;
}

const pool = (name: string, addresses: string) =>
	`apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: ${name}, namespace: metallb-system}\nspec: {addresses: [${addresses}]}\n`;
const advertisement = 'apiVersion: metallb.io/v1beta1\nkind: L2Advertisement\nmetadata: {name: l2, namespace: metallb-system}\n';

const edge = ingressCluster('wrong');
const ports = run(edge, '-n ingress-nginx get svc ingress-nginx-controller -o jsonpath={.spec.ports[*].nodePort}').split(' ');
const asking = (host: string) => `curl -H Host:${host} http://172.25.254.10:${ports[0]}/`;

test.serial('a class that nobody serves: 404, no address, and the trace names the Ingress', t => {
	run(edge, "create ingress class --class other --rule='class.com/*=web:80'");
	edge.settle();
	t.regex(fetch(edge, 'class.com'), /^HTTP\/1\.1 404 /);
	t.regex(run(edge, 'get ingress class'), /class +other +class\.com +80 /);
	t.true(
		logOf(edge).some(
			line => line.includes('Ignoring ingress because of error while validating ingress class') && line.includes('default/class'),
		),
	);
	t.regex(
		verdict(edge, asking('class.com')),
		/answered 404 .*: Ingress default\/class has the class other, which this controller does not serve$/,
	);
});

test.serial('a port that the Service does not have: 503, describe and log, and the trace names both', t => {
	createIngress(edge, 'port', "--rule='port.com/*=web:81'");
	edge.settle();
	t.regex(fetch(edge, 'port.com'), /^HTTP\/1\.1 503 /);
	t.regex(run(edge, 'describe ingress port'), /web:81 \(/);
	t.regex(
		verdict(edge, asking('port.com')),
		/answered 503 .*: Ingress default\/port asks for port 81 of Service default\/web, which has only 80$/,
	);
});

test.serial('a Secret that is missing: the fake certificate, a warning, and the trace names it', t => {
	createIngress(edge, 'secret', "--rule='secret.com/*=web:80,tls=nothere'");
	edge.settle();
	t.true(logOf(edge).some(line => line.includes('Error getting SSL certificate "default/nothere"')));
	const said = verdict(edge, `curl -k --resolve secret.com:${ports[1]}:172.25.254.10 https://secret.com:${ports[1]}/`);
	t.regex(said, /Secret default\/nothere of Ingress default\/secret does not exist, so the controller shows its own certificate$/);
});

test.serial('a webhook that is not ready: the API refuses Ingresses, and says whom it could not reach', t => {
	run(edge, '-n ingress-nginx scale deployment ingress-nginx-controller --replicas 0');
	edge.settle();
	const said = createIngress(edge, 'late', "--rule='late.com/*=web:80'");
	t.regex(
		said,
		/failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post "https:\/\/ingress-nginx-controller-admission\.ingress-nginx\.svc:443/,
	);
	t.regex(verdict(edge, 'curl -k https://ingress-nginx-controller-admission.ingress-nginx.svc', 'k8s-master'), /./);
	const {clusterIP} = clientOf(edge).get<any>('services', 'ingress-nginx', 'ingress-nginx-controller-admission').spec;
	t.regex(
		verdict(edge, `curl -k https://${clusterIP}`, 'k8s-master'),
		/Service ingress-nginx\/ingress-nginx-controller-admission has no ready endpoints/,
	);
});

const balanced = createCluster({profile: 'metallb', seed: 'wrong'});

test.serial('L2Advertisement forgotten: an address, no ARP, and the trace says so', t => {
	apply(balanced, pool('first', '172.25.254.60/32'));
	run(balanced, 'create deployment web --image myapp:v1');
	run(balanced, 'expose deployment web --port 80 --type LoadBalancer');
	balanced.settle();
	t.is(run(balanced, 'get svc web -o jsonpath={.status.loadBalancer.ingress[0].ip}'), '172.25.254.60');
	t.regex(run(balanced, 'describe svc web'), /IPAllocated .*Assigned IP \["172\.25\.254\.60"\]/);
	t.is(
		verdict(balanced, 'curl http://172.25.254.60/'),
		'nobody answers ARP for 172.25.254.60: it is of Service default/web, and no L2Advertisement announces the pool first',
	);
	apply(balanced, advertisement);
	t.regex(verdict(balanced, 'curl http://172.25.254.60/'), /^answered 200 by pod default\/web-/);
});

test.serial('a pool that is used up: pending, an event, and the controller logs it', t => {
	run(balanced, 'expose deployment web --port 80 --type LoadBalancer --name second');
	balanced.settle();
	t.regex(run(balanced, 'get svc second'), /LoadBalancer +\S+ +<pending> /);
	t.regex(
		run(balanced, 'describe svc second'),
		/Warning +AllocationFailed .*Failed to allocate IP for "default\/second": no available IPs/,
	);
	t.regex(
		run(balanced, '-n metallb-system logs deploy/controller'),
		/"error":"no available IPs".*"msg":"IP allocation failed".*"service":"default\/second"/,
	);
});

test.serial('pools that overlap are refused by the webhook', t => {
	const said = apply(balanced, pool('other', '172.25.254.0/24'));
	t.regex(
		said,
		/admission webhook "ipaddresspoolvalidationwebhook\.metallb\.io" denied the request: CIDR "172\.25\.254\.0\/24" in pool "other" overlaps with already defined CIDR "172\.25\.254\.60\/32"/,
	);
	t.regex(run(balanced, '-n metallb-system get ipaddresspool other'), /NotFound/);
});

test.serial('ipvs without strictARP: several nodes answer, and the trace names them', t => {
	const client = clientOf(balanced);
	const map = client.get<any>('configmaps', 'kube-system', 'kube-proxy');
	const configuration = map.data['config.conf'].replace(/^mode:.*$/m, 'mode: ipvs');
	client.update({...map, data: {...map.data, 'config.conf': configuration}});
	run(balanced, '-n kube-system delete pods -l k8s-app=kube-proxy');
	balanced.settle();
	t.regex(
		verdict(balanced, 'curl http://172.25.254.60/'),
		/k8s-master, k8s-node1, k8s-node2 all answer ARP for 172\.25\.254\.60, since strictARP of kube-proxy is false/,
	);
});

test('images that the harbor does not have: ImagePullBackOff, its events, and nothing behind the webhook', t => {
	const cluster = createCluster({profile: 'base', seed: 'wrong'});
	apply(cluster, metallbNative().replaceAll('quay.io/metallb', 'reg.lilee.org/metallb'));
	cluster.advance(60_000);
	const pods = run(cluster, '-n metallb-system get pods');
	t.regex(pods, /controller-\S+ +0\/1 +(ErrImagePull|ImagePullBackOff)/);
	const events = run(cluster, '-n metallb-system describe pod -l component=controller');
	t.regex(events, /Failed to pull image "reg\.lilee\.org\/metallb\/controller:v0\.14\.8": /);
	t.regex(events, /Back-off pulling image "reg\.lilee\.org\/metallb\/controller:v0\.14\.8"/);
	const {clusterIP} = clientOf(cluster).get<any>('services', 'metallb-system', 'metallb-webhook-service').spec;
	t.regex(
		verdict(cluster, `curl -k https://${clusterIP}`, 'k8s-master'),
		/Service metallb-system\/metallb-webhook-service has no ready endpoints: .*(pull|image|not ready|not running)/i,
	);
	t.regex(apply(cluster, pool('first', '172.25.254.60/32')), /failed calling webhook "ipaddresspoolvalidationwebhook\.metallb\.io"/);
});
