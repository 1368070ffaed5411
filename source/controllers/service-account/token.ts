import {keyOf, type KubeObject, splitKey} from '../../api/object.js';
import type {Controller, ControllerContext} from '../controller.js';
import {signWebToken} from '../../kinds/token-review/web-token.js';
import {caCell} from './root-ca.js';

const annotation = 'kubernetes.io/service-account.name';
const type = 'kubernetes.io/service-account-token';

/** Fills Secrets of type service-account-token. Models pkg/controller/serviceaccount/tokens_controller.go. */
const token: Controller = {
	name: 'tokens-controller',
	watches: [
		{resource: 'secrets', keys: ({type: change, object}) => (change !== 'DELETED' && object['type'] === type ? [keyOf(object)] : [])},
		{
			resource: 'serviceaccounts',
			keys: ({object}, {client}) =>
				client
					.list<KubeObject>('secrets', {namespace: object.metadata.namespace!})
					.filter(secret => secret['type'] === type && secret.metadata.annotations?.[annotation] === object.metadata.name)
					.map(keyOf),
		},
	],
	reconcile(key, context) {
		const {namespace, name} = splitKey(key);
		const {client} = context;
		const secret = client.find<KubeObject>('secrets', namespace, name);
		if (!secret || secret['type'] !== type) return undefined;
		const account = client.find<KubeObject>('serviceaccounts', namespace, secret.metadata.annotations?.[annotation] ?? '');
		if (!account) {
			// Its account is gone: a token for nobody is removed.
			if (secret['data']?.token) client.delete('secrets', namespace, name);
			return undefined;
		}

		if (!secret['data']?.token) fill(context, secret, account);
		return undefined;
	},
};
export default token;

function fill({client, sim}: ControllerContext, secret: KubeObject, account: KubeObject): void {
	const {namespace, name} = secret.metadata;
	const base = 'kubernetes.io/serviceaccount';
	const subject = `system:serviceaccount:${namespace}:${account.metadata.name}`;
	const claims = {
		iss: base,
		[`${base}/namespace`]: namespace,
		[`${base}/secret.name`]: name,
		[`${base}/service-account.name`]: account.metadata.name,
		[`${base}/service-account.uid`]: account.metadata.uid,
		sub: subject,
	};
	const jwt = signWebToken(claims);
	const ca = sim.state.cell(caCell, '').get();
	client.patch('secrets', namespace, name, 'merge', {
		metadata: {annotations: {'kubernetes.io/service-account.uid': account.metadata.uid}},
		data: {'ca.crt': btoa(ca), namespace: btoa(namespace!), token: btoa(jwt)},
	});
}
