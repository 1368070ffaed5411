import {request as httpsRequest} from 'node:https';
import test from 'ava';
import {ask, startEndpoint, token} from './_endpoint.js';

type Endpoint = Awaited<ReturnType<typeof startEndpoint>>['endpoint'];
interface Seen {
	readonly metadata: {readonly name: string; readonly resourceVersion: string; readonly annotations?: object};
	readonly [field: string]: any;
}

/** What client libraries call an informer: a list once, then watches, each from where the last one ended; what it holds is what the server has. */
function startInformer(endpoint: Endpoint, path: string, options: {readonly watchList?: boolean} = {}) {
	const held = new Map<string, Seen>();
	const told: string[] = [];
	let [version, stopped, watches] = ['', false, 0];
	let stop = () => {};
	const take = ({type, object}: {type: string; object: Seen}) => {
		version = object.metadata.resourceVersion;
		if (type === 'BOOKMARK') return void told.push(`BOOKMARK${JSON.stringify(object.metadata.annotations ?? '')}`);
		if (type === 'DELETED') held.delete(object.metadata.name);
		else held.set(object.metadata.name, object);
		told.push(`${type} ${object.metadata.name}`);
	};
	const watch = (initial: boolean) =>
		new Promise<void>((resolve, reject) => {
			watches++;
			const {hostname, port} = new URL(endpoint.url);
			const from = initial ? 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan' : `resourceVersion=${version}`;
			const request = httpsRequest(
				{
					hostname,
					port,
					path: `${path}?watch=true&allowWatchBookmarks=true&timeoutSeconds=5&${from}`,
					agent: false,
					ca: endpoint.authority,
					headers: {authorization: `Bearer ${token}`},
				},
				response => {
					let rest = '';
					response.on('data', chunk => {
						const lines = (rest + chunk).split('\n');
						rest = lines.pop()!;
						for (const line of lines) take(JSON.parse(line));
					});
					response.on('error', () => {});
					response.on('close', resolve);
				},
			);
			stop = () => void request.destroy();
			request.on('error', error => (stopped ? resolve() : reject(error)));
			request.end();
		});
	const run = async () => {
		if (!options.watchList) {
			const list = JSON.parse((await ask(endpoint, {path})).text);
			version = list.metadata.resourceVersion;
			for (const item of list.items) held.set(item.metadata.name, item);
		}
		for (let first = true; !stopped; first = false) await watch(first && options.watchList === true);
	};
	const done = run();
	return {
		held,
		told,
		watches: () => watches,
		async stop() {
			stopped = true;
			stop();
			await done;
		},
	};
}

test('informers follow a rollout through watches that end and go on', async t => {
	const {endpoint} = await startEndpoint();
	t.teardown(() => endpoint.close());
	const send = (method: string, path: string, body: object, type = 'application/json') =>
		ask(endpoint, {method, path, headers: {'content-type': type}, body: JSON.stringify(body)});
	const [deployments, pods] = ['/apis/apps/v1/namespaces/default/deployments', '/api/v1/namespaces/default/pods'];
	const informers = [startInformer(endpoint, deployments), startInformer(endpoint, pods, {watchList: true})];
	const until = async (reached: () => boolean) => {
		for (let turn = 0; turn < 400 && !reached(); turn++) {
			await endpoint.time.advance(100);
			await new Promise(resolve => setTimeout(resolve, 5));
		}
		t.true(reached());
	};
	const [deployment, pod] = informers.map(informer => informer.held) as [Map<string, Seen>, Map<string, Seen>];
	await until(() => informers[1]!.told.length > 0);
	t.deepEqual(informers[1]!.told, ['BOOKMARK{"k8s.io/initial-events-end":"true"}']);
	const template = (image: string) => ({metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'c', image}]}});
	const spec = {replicas: 3, selector: {matchLabels: {app: 'web'}}, template: template('nginx:1.27')};
	await send('POST', deployments, {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, spec});
	await until(() => deployment.get('web')?.['status'].readyReplicas === 3);
	const patch = {spec: {template: template('nginx:1.28')}};
	await send('PATCH', `${deployments}/web`, patch, 'application/strategic-merge-patch+json');
	await until(() => pod.size === 3 && [...pod.values()].every(({spec}) => spec.containers[0].image === 'nginx:1.28'));
	await until(() => informers.every(informer => informer.watches() > 2));
	await ask(endpoint, {method: 'DELETE', path: `${deployments}/web`});
	await until(() => deployment.size === 0 && pod.size === 0);
	for (const informer of informers) {
		await informer.stop();
		t.false(informer.told.some(event => event.startsWith('ERROR')));
	}
	// Each pod is told once that it is there and once that it is gone, whatever watch was open.
	const counted = (type: string) => informers[1]!.told.filter(event => event.startsWith(type)).toSorted();
	t.deepEqual(
		counted('ADDED').map(event => event.slice(6)),
		counted('DELETED').map(event => event.slice(8)),
	);
	t.is(new Set(counted('ADDED')).size, 6);
});

test('clients see times of their own clock, and what they send comes back as it was', async t => {
	const {endpoint} = await startEndpoint();
	try {
		const path = '/api/v1/namespaces/default/configmaps';
		const moment = '2001-02-03T04:05:06.789Z';
		const body = JSON.stringify({metadata: {name: 'dated'}, data: {moment}});
		const made = await ask(endpoint, {method: 'POST', path, body, headers: {'content-type': 'application/json'}});
		const {metadata, data} = JSON.parse(made.text);
		t.true(Math.abs(Date.parse(metadata.creationTimestamp) - Date.now()) < 60_000);
		t.is(data.moment, moment);
		t.is(JSON.parse((await ask(endpoint, {path: `${path}/dated`})).text).data.moment, moment);
	} finally {
		await endpoint.close();
	}
});
