import type {Kubeconfig} from './kubeconfig.js';

/** The fields of each entry in the order of their Go structs (clientcmd/api/v1/types.go); what is written even when empty stands in `always`. */
const shapes = {
	clusters: {
		holder: 'cluster',
		always: ['server'],
		order: ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority', 'certificate-authority-data', 'proxy-url'],
	},
	users: {
		holder: 'user',
		always: [],
		order: [
			...[
				'client-certificate',
				'client-certificate-data',
				'client-key',
				'client-key-data',
				'token',
				'tokenFile',
				'as',
				'as-uid',
				'as-groups',
			],
			...['as-user-extra', 'username', 'password', 'auth-provider', 'exec'],
		],
	},
	contexts: {holder: 'context', always: ['cluster', 'user'], order: ['cluster', 'user', 'namespace']},
} as const;

/** A kubeconfig as Go writes it: entries by name, lists without entries null. */
export function inGoOrder(config: Kubeconfig) {
	return {
		kind: 'Config',
		apiVersion: 'v1',
		preferences: config['preferences'] ?? {},
		clusters: entries(config, 'clusters'),
		users: entries(config, 'users'),
		contexts: entries(config, 'contexts'),
		'current-context': config['current-context'],
	};
}

function entries(config: Kubeconfig, section: keyof typeof shapes): object[] | null {
	const list = config[section] as Array<{name: string} & Record<string, Record<string, unknown> | undefined>>;
	const {holder, always, order} = shapes[section];
	if (list.length === 0) return null;
	return [...list]
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.map(({name, [holder]: given = {}}) => {
			const value: Record<string, unknown> = {...Object.fromEntries(always.map(field => [field, ''])), ...given};
			const known = order.filter(field => field in value);
			const others = Object.keys(value).filter(field => !(order as readonly string[]).includes(field));
			return {name, [holder]: Object.fromEntries([...known, ...others].map(field => [field, value[field]]))};
		});
}
