import {ApiError} from '../../../source/api/status.js';
import type {Family} from '../family.js';
import {anyJson, nasty} from '../mutate.js';
import {createStage} from '../world.js';

const keys =
	'metadata spec status labels annotations finalizers ownerReferences managedFields name namespace replicas selector matchLabels template containers image ports port targetPort protocol nodePort type clusterIP data stringData $patch $retainKeys $setElementOrder/containers $deleteFromPrimitiveList/finalizers replace delete merge app web default'.split(
		' ',
	);
const targets = [
	['deployments.apps', 'web'],
	['services', 'web'],
	['pods', 'one'],
	['configmaps', 'kube-root-ca.crt'],
] as const;
const types = ['json', 'merge', 'strategic', 'apply'] as const;
const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test', 'fly'];
const paths = [
	'',
	'/',
	'/spec',
	'/spec/replicas',
	'/spec/ports/0/port',
	'/spec/ports/-',
	'/metadata/labels/a~1b',
	'/metadata/name',
	'/__proto__/x',
	'/constructor/prototype/x',
	'/spec/template/spec/containers/9',
	'/a~2',
];

/** PATCH bodies of all four media types. */
const family: Family = {
	name: 'patches',
	async open() {
		const stage = createStage('empty', [
			'kubectl create deployment web --image=nginx',
			'kubectl expose deployment web --port 80',
			'kubectl run one --image=nginx',
		]);
		await stage.run('true');
		const {api} = stage.cluster;
		const client = api.client({name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']}, {fieldManager: 'fuzz'});
		const ready = stage.cluster.snapshot();
		let cases = 0;
		return {
			draw(random) {
				const type = random.pick(types);
				const [resource, name] = random.pick(targets);
				const operation = () => ({
					op: random.pick(operations),
					path: random.pick(paths),
					from: random.pick(paths),
					value: anyJson(random, keys, 2),
				});
				const body = type === 'json' && random.chance(4, 5) ? Array.from({length: random.int(4)}, operation) : anyJson(random, keys);
				return JSON.stringify({
					type,
					resource,
					name,
					body,
					subresource: random.chance(1, 6) ? random.pick(['status', 'scale', ...nasty]) : undefined,
				});
			},
			take(input) {
				const {type, resource, name, body, subresource} = JSON.parse(input);
				if (++cases % 50 === 0) stage.cluster.restore(ready);
				try {
					client.patch(resource, 'default', name, type, body, {force: true, fieldValidation: 'Strict', ...(subresource && {subresource})});
				} catch (error) {
					if (!(error instanceof ApiError)) throw error;
				}
				stage.cluster.settle(1000);
				return undefined;
			},
		};
	},
};
export default family;
