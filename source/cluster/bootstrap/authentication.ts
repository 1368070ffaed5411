import type {KubeObject} from '../../api/object.js';

const configMap = (name: string, data: Record<string, string>): KubeObject => ({
	apiVersion: 'v1',
	kind: 'ConfigMap',
	metadata: {name, namespace: 'kube-system'},
	data,
});

/** What kube-apiserver tells extension servers about who signs their callers, and since when it looks for old tokens. */
export const authenticationObjects = (authority: string, frontProxyAuthority: string, now: string): KubeObject[] => [
	configMap('extension-apiserver-authentication', {
		'client-ca-file': authority,
		'requestheader-allowed-names': '["front-proxy-client"]',
		'requestheader-client-ca-file': frontProxyAuthority,
		'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
		'requestheader-group-headers': '["X-Remote-Group"]',
		'requestheader-username-headers': '["X-Remote-User"]',
	}),
	configMap('kube-apiserver-legacy-service-account-token-tracking', {since: now.slice(0, 10)}),
];
