import test from 'ava';
import {compiled, ingress, routesOf, service} from '../../helpers/ingress-view.js';

test('a prefix is two locations, the longest path comes first, and a host without `/` gets the default backend', t => {
	const {configuration} = compiled([ingress('a', {'a.com/foo': 'one', 'a.com/foobar': 'two', 'a.com/=foo': 'exact', '*/': 'any'})]);
	t.deepEqual(routesOf(configuration), [
		'_ / Prefix default-any-80',
		'a.com /foobar/ Prefix default-two-80',
		'a.com /foobar Exact default-two-80',
		'a.com /foo/ Prefix default-one-80',
		'a.com /foo Exact default-exact-80',
		'a.com / Prefix upstream-default-backend',
	]);
});

test('the oldest Ingress has a path; of one age, the last by name', t => {
	const young = ingress('a', {'a.com/': 'young'}, {}, {created: '2026-11-21T00:00:09Z'});
	const old = ingress('b', {'a.com/': 'old'});
	t.deepEqual(routesOf(compiled([young, old]).configuration).slice(1), ['a.com / Prefix default-old-80']);
	const twin = ingress('c', {'a.com/': 'twin'});
	t.deepEqual(routesOf(compiled([old, twin]).configuration).slice(1), ['a.com / Prefix default-twin-80']);
});

test('a pattern or a rewrite keeps its path as it is', t => {
	const paths = {'a.com/x/(.*)': 'web'};
	for (const [name, value] of [
		['use-regex', 'true'],
		['rewrite-target', '/$1'],
	] as const)
		t.deepEqual(routesOf(compiled([ingress('a', paths, {[name]: value})]).configuration)[1], 'a.com /x/(.*) Prefix default-web-80');
});

test('an Ingress with a backend and no rule answers for all hosts', t => {
	const catchAll = ingress('a', {}, {}, {spec: {rules: undefined, defaultBackend: {service: {name: 'web', port: {number: 80}}}}});
	const {configuration} = compiled([catchAll], {objects: service('web', ['10.244.1.5'])});
	t.deepEqual(routesOf(configuration), ['_ / Prefix default-web-80']);
	t.deepEqual(configuration.backends.find(({name}) => name === 'default-web-80')!.endpoints, [{address: '10.244.1.5', port: 8080}]);
});

test('endpoints follow the number, the target or the name of a port; another port has none', t => {
	const objects = service('web', ['10.244.1.5', '10.244.2.5'], {name: 'http', port: 80, targetPort: 8080});
	const endpoints = (backend: string) =>
		compiled([ingress('a', {'a.com/': backend})], {objects}).configuration.backends.find(({name}) => name.startsWith('default-web'))!
			.endpoints;
	for (const port of ['80', '8080', 'http']) t.is(endpoints(`web:${port}`).length, 2, port);
	t.deepEqual(endpoints('web:81'), []);
});

test('what leads nowhere is logged in the words of the real controller', t => {
	const {lines} = compiled([ingress('a', {'a.com/': 'none', 'b.com/': 'idle'})], {objects: service('idle', [])});
	t.deepEqual(lines, [
		'W Error obtaining Endpoints for Service "default/none": no object matching key "default/none" in local store',
		'W Service "default/idle" does not have any active Endpoint.',
	]);
});

test('a canary has no location: it is an alternative of what stands on its host and path', t => {
	const main = ingress('main', {'a.com/': 'v1'});
	const canary = ingress('canary', {'a.com/': 'v2'}, {canary: 'true', 'canary-weight': '30', 'canary-weight-total': '200'});
	const objects = [...service('v1', ['10.244.1.1']), ...service('v2', ['10.244.1.2'])];
	const {configuration} = compiled([main, canary], {objects});
	t.deepEqual(routesOf(configuration).slice(1), ['a.com / Prefix default-v1-80']);
	const [, v1, v2] = [undefined, ...configuration.backends];
	t.deepEqual([v1!.name, v1!.alternatives], ['default-v1-80', ['default-v2-80']]);
	t.deepEqual([v2!.noServer, v2!.trafficShaping.weight, v2!.trafficShaping.weightTotal], [true, 30, 200]);
});

test('a canary that fits nothing is dropped, and a reload is not needed for its weight', t => {
	const main = ingress('main', {'a.com/': 'v1'});
	const elsewhere = ingress('canary', {'a.com/other': 'v2'}, {canary: 'true'});
	const {configuration, lines} = compiled([main, elsewhere], {objects: [...service('v1', ['1.1.1.1']), ...service('v2', ['1.1.1.2'])]});
	t.deepEqual(
		configuration.backends.map(({name}) => name),
		['default-v1-80', 'upstream-default-backend'],
	);
	t.true(lines.includes('W unable to find real backend for alternative backend default-v2-80. Deleting.'));
	const weighing = (weight: string) =>
		compiled([main, ingress('canary', {'a.com/': 'v2'}, {canary: 'true', 'canary-weight': weight})]).configuration;
	t.is(weighing('10').checksum, weighing('20').checksum);
	t.notDeepEqual(weighing('10').backends, weighing('20').backends);
});

test('aliases, and a redirect from the other spelling of a name', t => {
	const {configuration, lines} = compiled([
		ingress('a', {'foo.com/': 'web'}, {'server-alias': 'b.com, a.com,foo.com', 'from-to-www-redirect': 'true'}),
		ingress('b', {'www.bar.com/': 'web'}, {'from-to-www-redirect': 'true'}),
		ingress('c', {'bar.com/': 'web'}),
	]);
	t.deepEqual(configuration.servers.find(({hostname}) => hostname === 'foo.com')!.aliases, ['a.com', 'b.com']);
	t.deepEqual(configuration.redirects, [{from: 'www.foo.com', to: 'foo.com'}]);
	t.true(
		lines.includes(
			'W Already exists an Ingress with "bar.com" hostname. Skipping creation of redirection from "bar.com" to "www.bar.com".',
		),
	);
});

test('--default-backend-service, and the backend of an Ingress when its own has no endpoint', t => {
	const objects = [...service('fallback', ['10.244.9.9']), ...service('idle', [])];
	const flags = ['--default-backend-service=default/fallback'];
	const {configuration} = compiled([ingress('a', {'a.com/': 'idle'}, {'default-backend': 'fallback'})], {objects, flags});
	const upstream = configuration.backends.find(({name}) => name === 'upstream-default-backend')!;
	t.deepEqual(upstream.endpoints, [{address: '10.244.9.9', port: 8080}]);
	t.is(routesOf(configuration)[1], 'a.com / Prefix custom-default-backend-default-fallback');
});

test('ports below HTTP come from a ConfigMap', t => {
	const tcp = {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name: 'tcp', namespace: 'default'},
		data: {9000: 'default/web:80', 443: 'default/web:80', 9001: 'default/none:80', nine: 'default/web:80'},
	};
	const {configuration, lines} = compiled([], {
		objects: [tcp, ...service('web', ['10.244.1.5'])],
		flags: ['--tcp-services-configmap=default/tcp'],
	});
	t.deepEqual(
		configuration.streams.map(({port, service: {name}, endpoints}) => [port, name, endpoints.length]),
		[[9000, 'web', 1]],
	);
	t.deepEqual(lines.sort(), [
		'W "nine" is not a valid TCP port number',
		'W Error getting Service "default/none": no object matching key "default/none" in local store',
		'W Port 443 cannot be used for TCP stream services. It is reserved for the Ingress controller.',
	]);
});
