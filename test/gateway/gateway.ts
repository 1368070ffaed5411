import test from 'ava';
import {traceRequest} from '../../source/trace/walk/request.js';
import {selfSignedPair} from '../../source/tls/self-signed.js';
import {run} from '../helpers/ingress-cluster.js';
import {apply, ask, conditions, gatewayCluster, statusOf, versionOf} from './_world.js';

const cluster = gatewayCluster('gateway');

const gateway = (listeners: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gateway}
spec:
  gatewayClassName: nginx
  listeners:
${listeners}
`;
const http = '  - {name: http, port: 80, protocol: HTTP}';
const route = (name: string, spec: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: ${name}}
spec:
  parentRefs: [{name: gateway}]
${spec}
`;
const to = (version: string, more = '') => `backendRefs: [{name: ${version}, port: 80${more}}]`;
const routeStatus = (name: string) => conditions(cluster, `httproute ${name}`, 'status.parents.0.conditions');

test.serial('class, Gateway and route are told that all is well; columns are those of the definitions', t => {
	t.regex(
		run(cluster, 'get gatewayclass'),
		/^NAME +CONTROLLER +ACCEPTED +AGE\nnginx +gateway\.nginx\.org\/nginx-gateway-controller +True +/,
	);
	apply(cluster, gateway(http));
	apply(cluster, route('plain', `  hostnames: [plain.example.com]\n  rules:\n  - ${to('v1')}`));
	t.regex(run(cluster, 'get gateway'), /^NAME +CLASS +ADDRESS +PROGRAMMED +AGE\ngateway +nginx +10\.\S+ +True +/);
	t.regex(run(cluster, 'get httproute plain'), /^NAME +HOSTNAMES +AGE\nplain +\["plain\.example\.com"\] +/);
	t.deepEqual(routeStatus('plain'), {
		'Accepted=True/Accepted': 'The route is accepted',
		'ResolvedRefs=True/ResolvedRefs': 'All references are resolved',
	});
	t.deepEqual(conditions(cluster, 'gateway gateway', 'status.listeners.0.conditions'), {
		'Accepted=True/Accepted': 'Listener is accepted',
		'Programmed=True/Programmed': 'Listener is programmed',
		'ResolvedRefs=True/ResolvedRefs': 'All references are resolved',
		'Conflicted=False/NoConflicts': 'No conflicts',
	});
	t.is(run(cluster, 'get gateway gateway -o jsonpath={.status.listeners[0].attachedRoutes}'), '1');
	t.is(versionOf(ask(cluster, {host: 'plain.example.com'})), 'v1');
	t.is(statusOf(ask(cluster, {host: 'other.example.com'})), 404);
});

test.serial('the most exact match wins: path, method, headers, parameters', t => {
	const rules = [
		['{path: {type: PathPrefix, value: /}}', 'v1'],
		['{path: {type: PathPrefix, value: /a}}', 'v2'],
		['{path: {type: Exact, value: /a/b}}', 'v1'],
		['{path: {value: /m}}', 'v1'],
		['{path: {value: /m}, method: POST}', 'v2'],
		['{path: {value: /h}, headers: [{name: X-Team, value: blue}]}', 'v1'],
		['{path: {value: /h}, headers: [{name: x-team, value: blue}, {name: X-Ring, value: "1"}]}', 'v2'],
		['{path: {value: /q}, queryParams: [{name: v, value: "2"}]}', 'v2'],
	].map(
		([match, version]) =>
			`  - matches: [${match}]\n    filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /}}}]\n    ${to(version!)}`,
	);
	apply(cluster, route('match', `  hostnames: [match.example.com]\n  rules:\n${rules.join('\n')}`));
	const cases: ReadonlyArray<readonly [wanted: string, path: string, method?: string, ...headers: string[]]> = [
		['v1', '/x'],
		['v2', '/a'],
		['v2', '/a/c'],
		['v1', '/ab'],
		['v1', '/a/b'],
		['v1', '/m'],
		['405', '/m', 'POST'],
		['404', '/h'],
		['v1', '/h', 'GET', 'x-team: blue'],
		['404', '/h', 'GET', 'X-Team: Blue'],
		['v2', '/h', 'GET', 'X-Team: blue', 'X-Ring: 1'],
		['v2', '/q?v=2'],
		['404', '/q?v=1&v=2'],
	];
	for (const [wanted, path, method = 'GET', ...headers] of cases)
		t.is(versionOf(ask(cluster, {host: 'match.example.com', path, method, headers})), wanted, `${method} ${path} ${headers}`);
});

test.serial('filters change what is asked and what is answered', t => {
	run(cluster, 'expose deployment echo --port 80');
	const filters = (list: string, backend = 'echo') => `    filters: [${list}]\n    ${to(backend)}`;
	apply(
		cluster,
		route(
			'filters',
			`  hostnames: [filters.example.com]
  rules:
  - matches: [{path: {value: /old/}}]
${filters('{type: URLRewrite, urlRewrite: {hostname: inner.example.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}')}
  - matches: [{path: {value: /header}}]
${filters('{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: mine}], add: [{name: X-Add, value: more}], remove: [X-Gone]}}, {type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: X-Answer, value: "42"}], remove: [Content-Type]}}')}
  - matches: [{path: {value: /moved}}]
    filters: [{type: RequestRedirect, requestRedirect: {scheme: https, hostname: new.example.com, statusCode: 301}}]
`,
		),
	);
	const get = (path: string, ...headers: string[]) => ask(cluster, {host: 'filters.example.com', path, headers});
	t.regex(get('/old/inner?a=b'), /\nGET \/inner\?a=b HTTP\/1\.1\r?\nHost: inner\.example\.com\r?\n/);
	t.regex(get('/header', 'X-Set: theirs'), /\nX-Set: mine\r?\n/);
	t.regex(get('/header', 'X-Add: first'), /\nX-Add: first,more\r?\n/);
	t.notRegex(get('/header', 'X-Gone: here'), /X-Gone/);
	t.regex(get('/header'), /\nX-Forwarded-Proto: http\r?\n/);
	t.regex(get('/header'), /X-Answer: 42\r\n/);
	t.notRegex(get('/header'), /\nContent-Type/);
	t.regex(get('/moved/x?y=1'), /^HTTP\/1\.1 301 [\s\S]*\r\nLocation: https:\/\/new\.example\.com\/moved\/x\?y=1\r\n/);
});

test.serial('weights share requests; a backend that is lost takes its share with it', t => {
	apply(
		cluster,
		route(
			'weights',
			`  hostnames: [weights.example.com]\n  rules:\n  - backendRefs: [{name: v1, port: 80, weight: 7}, {name: v2, port: 80, weight: 2}, {name: gone, port: 80, weight: 1}]`,
		),
	);
	const counts: Record<string, number> = {};
	for (let request = 0; request < 400; request++) {
		const answer = versionOf(ask(cluster, {host: 'weights.example.com'}));
		counts[answer] = (counts[answer] ?? 0) + 1;
	}

	for (const [answer, share] of [
		['v1', 0.7],
		['v2', 0.2],
		['500', 0.1],
	] as const)
		t.true(Math.abs((counts[answer] ?? 0) - 400 * share) < 3 * Math.sqrt(400 * share * (1 - share)), `${answer}: ${counts[answer]}`);
	t.is(routeStatus('weights')['ResolvedRefs=False/BackendNotFound'], 'spec.rules[0].backendRefs[2].name: Not found: "gone"');
	run(cluster, 'scale deployment v2 --replicas 0');
	cluster.settle();
	apply(cluster, route('weights', `  hostnames: [weights.example.com]\n  rules:\n  - ${to('v2')}`));
	t.is(statusOf(ask(cluster, {host: 'weights.example.com'})), 503);
	run(cluster, 'scale deployment v2 --replicas 1');
	cluster.settle();
	t.is(versionOf(ask(cluster, {host: 'weights.example.com'})), 'v2');
});

test.serial('what cannot be is said in the conditions', t => {
	const rows: ReadonlyArray<readonly [spec: string, condition: string, message: string]> = [
		[
			`  rules:\n  - matches: [{path: {type: RegularExpression, value: /a.*}}]\n    ${to('v1')}`,
			'Accepted=False/UnsupportedValue',
			'All rules are invalid: spec.rules[0].matches[0].path.type: Unsupported value: "RegularExpression": supported values: "Exact", "PathPrefix"',
		],
		[
			`  rules:\n  - ${to('v1')}\n  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: v2, port: 80}}}]\n    ${to('v1')}`,
			'PartiallyInvalid=True/UnsupportedValue',
			'Dropped Rule(s): spec.rules[1].filters[0].type: Unsupported value: "RequestMirror": supported values: "RequestRedirect", "URLRewrite", "RequestHeaderModifier", "ResponseHeaderModifier", "ExtensionRef"',
		],
		[`  rules:\n  - ${to('v1').replace('80', '81')}`, 'ResolvedRefs=False/BackendNotFound', 'no matching port for Service v1 and port 81'],
		[
			`  rules:\n  - ${to('v1', ', namespace: kube-system')}`,
			'ResolvedRefs=False/RefNotPermitted',
			'Backend ref to Service kube-system/v1 not permitted by any ReferenceGrant',
		],
	];
	for (const [spec, condition, message] of rows) {
		apply(cluster, route('odd', spec));
		t.is(routeStatus('odd')[condition], message);
	}

	apply(cluster, route('odd', `  rules:\n  - ${to('v1')}`).replace('{name: gateway}', '{name: gateway, sectionName: https}'));
	t.is(routeStatus('odd')['Accepted=False/NoMatchingParent'], 'Listener is not found for this parent ref');
	run(cluster, 'delete httproute odd');
	const refused = apply(cluster, route('odd', '  rules:\n  - matches: [{path: {value: a//b}}]'));
	t.regex(refused, /spec\.rules\[0\]\.matches\[0\]\.path: Invalid value: "object": value must be an absolute path and start with '\/'/);
	apply(cluster, gateway(http).replace('{name: gateway}', '{name: second}'));
	t.is(
		conditions(cluster, 'gateway second', 'status.conditions')['Programmed=False/GatewayConflict'],
		'The resource is ignored due to a conflicting Gateway resource',
	);
	run(cluster, 'delete gateway second');
});

test.serial('TLS: the certificate of the listener, other names refused, grants, and what is missing', t => {
	run(cluster, 'create namespace keys');
	const secure = (reference: string) =>
		gateway(`${http}\n  - {name: https, port: 443, protocol: HTTPS, hostname: tls.example.com, tls: {certificateRefs: [${reference}]}}`);
	const listener = () => conditions(cluster, 'gateway gateway', 'status.listeners.1.conditions');
	apply(cluster, secure('{name: cert}'));
	t.is(listener()['Programmed=False/Invalid'], 'tls.certificateRefs[0]: Invalid value: default/cert: secret does not exist');
	t.is(
		conditions(cluster, 'gateway gateway', 'status.conditions')['Accepted=True/ListenersNotValid'],
		'Gateway has at least one valid listener',
	);
	run(cluster, 'create secret generic cert --from-literal a=b');
	cluster.settle();
	t.is(
		listener()['Accepted=False/InvalidCertificateRef'],
		'tls.certificateRefs[0]: Invalid value: default/cert: secret type must be "kubernetes.io/tls" not "Opaque"',
	);
	apply(cluster, secure('{name: cert, namespace: keys}'));
	t.is(listener()['ResolvedRefs=False/RefNotPermitted'], 'Certificate ref to secret keys/cert not permitted by any ReferenceGrant');
	apply(
		cluster,
		`apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: {name: grant, namespace: keys}
spec:
  from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: default}]
  to: [{group: "", kind: Secret}]
`,
	);
	t.is(listener()['Accepted=False/InvalidCertificateRef'], 'tls.certificateRefs[0]: Invalid value: keys/cert: secret does not exist');
	const {certificate, key} = pair();
	cluster.host('k8s-master')!.files.write('/root/tls.crt', certificate);
	cluster.host('k8s-master')!.files.write('/root/tls.key', key);
	run(cluster, '-n keys create secret tls cert --cert /root/tls.crt --key /root/tls.key');
	apply(cluster, route('tls', `  hostnames: [tls.example.com]\n  rules:\n  - ${to('v1')}`));
	t.is(listener()['Programmed=True/Programmed'], 'Listener is programmed');
	t.is(versionOf(ask(cluster, {host: 'tls.example.com', tls: true})), 'v1');
	t.is(ask(cluster, {host: 'other.example.com', tls: true}), '');
	const passthrough = (tls: string) => gateway(`${http}\n  - {name: raw, port: 8443, protocol: TLS, tls: ${tls}}`);
	apply(cluster, passthrough('{mode: Terminate, certificateRefs: [{name: cert, namespace: keys}]}'));
	t.is(listener()['Accepted=False/UnsupportedValue'], 'TLS.Mode: Required value: Mode must be passthrough for TLS listener');
	apply(cluster, passthrough('{mode: Passthrough}'));
	t.is(listener()['Accepted=True/Accepted'], 'Listener is accepted');
	t.regex(run(cluster, 'get gateway gateway -o jsonpath={.status.listeners[1].supportedKinds[*].kind}'), /^TLSRoute$/);
	t.true(cluster.sim.notes.list().some(({what}) => what.includes('TLS mode Passthrough')));
});

test.serial('nginx goes on without its control plane; a world that was saved goes on as well', t => {
	const saved = cluster.snapshot();
	t.is(versionOf(ask(cluster, {host: 'plain.example.com'})), 'v1');
	cluster.restore(saved);
	t.is(versionOf(ask(cluster, {host: 'plain.example.com'})), 'v1');
	run(cluster, 'delete httproute plain');
	cluster.settle();
	t.is(statusOf(ask(cluster, {host: 'plain.example.com'})), 404);
});

function pair() {
	return selfSignedPair('tls.example.com', [], 'gateway-test', cluster.sim.clock.now());
}

test.serial('the trace names the route at fault', t => {
	const [node, port] = [
		run(cluster, '-n nginx-gateway get pods -o jsonpath={.items[0].status.hostIP}'),
		run(cluster, '-n nginx-gateway get svc nginx-gateway -o jsonpath={.spec.ports[0].nodePort}'),
	];
	const said = (host: string, path = '/') =>
		traceRequest(cluster, {from: 'reg', words: ['curl', '-H', `Host: ${host}`, `http://${node}:${port}${path}`]}).verdict.sentence;
	apply(cluster, gateway(http));
	apply(cluster, route('faulty', `  hostnames: [faulty.example.com]\n  rules:\n  - {matches: [{path: {value: /in}}], ${to('v1')}}`));
	apply(cluster, route('dangling', `  hostnames: [dangling.example.com]\n  rules:\n  - ${to('v9')}`));
	apply(cluster, route('hollow', `  hostnames: [hollow.example.com]\n  rules:\n  - ${to('hollow')}`));
	run(cluster, 'create service clusterip hollow --tcp 80');
	cluster.settle();
	t.regex(said('faulty.example.com', '/in'), /^answered \d+ by pod nginx-gateway\/\S+ on \S+$/);
	t.regex(said('faulty.example.com', '/out'), /: no rule of HTTPRoute default\/faulty fits \/out$/);
	t.regex(said('nobody.example.com'), /^answered 404 by pod nginx-gateway\/\S+ on \S+: no HTTPRoute has the host nobody\.example\.com$/);
	t.regex(said('dangling.example.com'), /^answered 500 .*: HTTPRoute default\/dangling has ResolvedRefs False, BackendNotFound: /);
	t.regex(
		said('hollow.example.com'),
		/^answered 50\d .*: Service default\/hollow, to which HTTPRoute default\/hollow leads, has no ready endpoints: /,
	);
});
